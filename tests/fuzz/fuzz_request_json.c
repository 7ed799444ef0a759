/*
 * fuzz_request_json.c - a record to a job, in each input format.
 *
 * jansson is the oracle of what is JSON and of what a value is.
 */
#include "fuzz.h"

#include <string.h>

#include <jansson.h>

#include "base/json_reader.h"
#include "input/request_json.h"
#include "job/form.h"
#include "job/http.h"

#define DECODE_FLAGS                                                           \
    (JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL)

/*
 * NULL and *is_known false where jansson can't say: it reads no further than
 * a number that is too big for a double, or a key with a NUL in it.
 */
static json_t *
load(const char *text, size_t len, bool *is_known)
{
    json_error_t error;
    json_t *value = json_loadb(text, len, DECODE_FLAGS, &error);

    *is_known =
        value || (json_error_code(&error) != json_error_numeric_overflow &&
                  json_error_code(&error) != json_error_null_byte_in_key);
    return value;
}

/* Is a copy that was kept the same value as what stands in the record? */
static void
check_kept(const char *kept, const json_t *given)
{
    bool is_known;
    json_t *value;

    if (!kept)
        return; /* refused ones are not kept */
    check(given);
    value = load(kept, strlen(kept), &is_known);
    check(value);
    check(json_equal(value, given));
    json_decref(value);
}

static void
check_job(const struct job *j, int status, const json_t *object)
{
    const struct fetch_error *e = &j->res.error;
    const json_t *url = json_object_get(object, "url");
    const json_t *request = json_object_get(object, "request");
    /* The request's URL counts if the line's is redacted. */
    const json_t *own_url = json_object_get(request, "url");

    check(j->url_given || status < 0);
    check((status == 0) == (e->class == ERR_NONE));
    if (status < 0) {
        check(e->class == ERR_INPUT && e->phase == PHASE_INPUT);
        check(strncmp(e->message, "f:7:", 4) == 0);
        check(e->code[0]);
    }
    /* jansson takes the last one of repeated keys. */
    if (!object || strcmp(e->code, "json_invalid") == 0)
        return;
    if (json_is_string(url))
        check(j->url_given_len <= json_string_length(url) ||
              j->url_given_len <= json_string_length(own_url));
    check_kept(j->id, json_object_get(object, "id"));
    check_kept(j->meta, json_object_get(object, "meta"));
}

static void
check_request(const struct request *req)
{
    int nbodies = !!req->body + !!req->body_file + !!req->form;

    check(nbodies == (req->body_kind != BODY_NONE));
    check(!req->form || req->body_kind == BODY_FORM);
    for (const struct form_part *p = req->form; p; p = p->next) {
        check(p->name && !p->value != !p->path);
        check(!p->type || http_is_value(p->type, strlen(p->type)));
        check(!p->filename || http_is_value(p->filename, strlen(p->filename)));
    }
    if (req->method)
        check(http_is_token(req->method, strlen(req->method)));
    for (const struct header *h = req->headers; h; h = h->next) {
        check(http_is_token(h->name, strlen(h->name)));
        check(http_is_value(h->value, strlen(h->value)));
    }
}

static void
check_format(const struct record *rec, enum opt_input format, json_t *value)
{
    bool is_object = format != INPUT_LINES && rec->text[0] == '{';
    struct job_pool *pool = job_pool_new();
    struct job *j = job_new(pool);
    int status = request_json_parse(rec, format, j);

    check_job(j, status, is_object ? value : NULL);
    check_request(&j->first);
    if (rec->flaw != RECORD_OK)
        check(status < 0);
    else if (format == INPUT_LINES && j->url_given)
        check(j->url_given_len <= rec->len);
    else if (format == INPUT_LINES) /* nothing of JSON is shown */
        check(status < 0 && memchr("{[\"", rec->text[0], 3));
    job_free(pool, j);
    job_pool_free(pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum opt_input formats[] = {INPUT_AUTO, INPUT_LINES,
                                             INPUT_JSONL};
    struct span text = span_trim((struct span){(const char *)data, size});
    struct record rec = {
        .text = text.p, .len = text.len, .place = "f", .line = 7};
    struct span_flaw flaw;
    bool is_known;
    json_t *value;

    if (text.len == 0)
        return 0;
    if (memchr(text.p, '\0', text.len)) {
        /* The source would set this flaw.  jansson takes some NULs for white
         * space. */
        rec.flaw = RECORD_HAS_NUL;
        check(!span_is_json(text, &flaw));
        value = NULL;
    } else {
        value = load(text.p, text.len, &is_known);
        if (is_known)
            check(span_is_json(text, &flaw) == (value != NULL));
    }
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        check_format(&rec, formats[i], value);
    json_decref(value);
    return 0;
}
