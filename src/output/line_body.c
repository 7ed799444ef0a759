#include "output/line_body.h"

#include "base/json_compact.h"
#include "base/json_writer.h"
#include "base/utf8.h"
#include "job/job.h"
#include "job/options.h"
#include "output/charset.h"
#include "output/line_values.h"

/* The body without a byte order mark, which some servers put before JSON;
 * readers may ignore it (RFC 8259, 8.1). */
static const char *
json_of(const struct buf *body, size_t *len)
{
    *len = body->len;
    return utf8_skip_mark(body->data, len);
}

/* A body that cannot be written in the requested form is written as with
 * "auto". */
enum body_form
line_body_form(const struct job *j, const struct opts *opts)
{
    const struct buf *body = &j->res.body;
    const char *json;
    size_t len;
    bool is_utf8;

    if (opts->body == BODY_OFF)
        return FORM_NONE;
    if (j->res.status == 0 || j->res.is_response_dropped ||
        j->res.error.class == ERR_TOO_LARGE)
        return FORM_NULL;
    /* The body of a redirect that turned out not to be followed. */
    if (body->len == 0 && j->res.size_body > 0)
        return FORM_NULL;
    if (opts->body == BODY_TEXT)
        return FORM_STRING;
    if (opts->body == BODY_BASE64)
        return FORM_BASE64;
    json = json_of(body, &len);
    if (opts->body == BODY_AS_JSON && compact_is_json(json, len))
        return FORM_JSON;
    is_utf8 = body->len == 0 || utf8_valid(body->data, body->len);
    return is_utf8 ? FORM_STRING : FORM_BASE64;
}

bool
line_body_is_string(const struct line *l)
{
    return l->body_form == FORM_STRING || l->body_form == FORM_NULL;
}

void
line_put_body(const struct line *l)
{
    const struct buf *body = &l->res->body;

    if (l->body_form == FORM_NULL)
        line_put_null(l);
    else if (body->len == 0)
        JSONW_LITERAL(l->out, "\"\"");
    else if (l->opts->body == BODY_TEXT)
        charset_write(l->out, l->res->content_type, body->data, body->len);
    else
        jsonw_string_n(l->out, body->data, body->len);
}

bool
line_body_is_base64(const struct line *l)
{
    return l->body_form == FORM_BASE64;
}

void
line_put_body_base64(const struct line *l)
{
    jsonw_base64(l->out, l->res->body.data, l->res->body.len);
}

bool
line_body_is_json(const struct line *l)
{
    return l->body_form == FORM_JSON;
}

void
line_put_body_json(const struct line *l)
{
    size_t len;
    const char *json = json_of(&l->res->body, &len);

    compact_json(l->out, json, len);
}
