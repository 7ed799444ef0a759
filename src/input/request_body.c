#include "input/request_body.h"

#include "base/arena.h"
#include "base/base64.h"
#include "base/json_compact.h"
#include "input/request_form.h"
#include "input/spec.h"
#include "job/job.h"

static int
take_base64(struct spec *s)
{
    struct request *req = &s->job->first;
    struct span text = spec_unquote(s, s->value[KEY_BODY_BASE64]);
    char *body = arena_alloc(&s->job->mem, BASE64_MAX_BYTES(text.len) + 1);
    ptrdiff_t len = base64_decode(text.p, text.len, body);

    if (len < 0) {
        return spec_refuse(
            s, "body_invalid",
            "'body_base64' must be padded base64 without white space");
    }
    req->body_kind = BODY_RAW;
    req->body = body;
    req->body_len = (size_t)len;
    return 0;
}

static int
take_body_file(struct spec *s)
{
    struct request *req = &s->job->first;
    struct span path = spec_keep_string(s, s->value[KEY_BODY_FILE]);

    if (path.len == 0 || spec_has_nul(path))
        return spec_refuse(s, "value_invalid", "'body_file' %s",
                           path.len == 0 ? "is empty" : "has a NUL in it");
    req->body_kind = BODY_RAW;
    req->body_file = path.p;
    return 0;
}

static int
take_form(struct spec *s)
{
    struct request *req = &s->job->first;
    struct form_part *parts = NULL;

    if (request_form_take(s, s->value[KEY_FORM], &parts) < 0)
        return -1;
    req->body_kind = BODY_FORM;
    req->form = parts;
    return 0;
}

static int
take_json(struct spec *s)
{
    struct request *req = &s->job->first;

    req->body_kind = BODY_JSON;
    req->body = span_compact(s->value[KEY_JSON], &s->job->mem, &req->body_len);
    return 0;
}

static int
take_text(struct spec *s)
{
    struct request *req = &s->job->first;
    struct span body = spec_keep_string(s, s->value[KEY_BODY]);

    req->body_kind = BODY_RAW;
    req->body = body.p;
    req->body_len = body.len;
    return 0;
}

int
request_body_take(struct spec *s)
{
    static const struct {
        enum key key;
        const char *name;
        bool is_string;
        int (*take)(struct spec *s);
    } rows[] = {
        {KEY_BODY, "body", true, take_text},
        {KEY_BODY_BASE64, "body_base64", true, take_base64},
        {KEY_BODY_FILE, "body_file", true, take_body_file},
        {KEY_FORM, "form", false, take_form},
        {KEY_JSON, "json", false, take_json},
    };
    int (*take)(struct spec * s) = NULL;
    int ngiven = 0;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct span value = s->value[rows[i].key];

        if (!value.p)
            continue;
        if (rows[i].is_string && !spec_is_string(value))
            return spec_refuse(s, "value_invalid",
                               "'%s' must be a string, not %s", rows[i].name,
                               spec_type_name(value));
        take = rows[i].take;
        ngiven++;
    }
    if (ngiven > 1)
        return spec_refuse(
            s, "body_invalid",
            "only one of 'body', 'body_base64', 'json', 'body_file' "
            "and 'form' can be given");
    return take ? take(s) : 0;
}
