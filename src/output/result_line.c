#include "output/result_line.h"

#include <string.h>

#include "base/json_compact.h"
#include "base/json_writer.h"
#include "base/redact.h"
#include "base/utf8.h"
#include "job/earlier.h"
#include "job/job.h"
#include "job/options.h"
#include "output/headers.h"
#include "output/line_body.h"
#include "output/line_objects.h"
#include "output/line_values.h"

/*
 * The line is a table: a row per key, in order, with the function that writes
 * its value.  Each key is written with a comma before it; the first comma is
 * then replaced by the opening brace.
 */

/* Upper bound of a plain line's size without its strings. */
#define PLAIN_BYTES 1024

/* Room for a comma, the longest key and a colon.  All rows use this size, so
 * the text is copied as a block of fixed size. */
#define KEY_BYTES 24

struct row {
    char key[KEY_BYTES];                   /* ,"name": */
    size_t key_len;                        /* bytes of it */
    bool (*is_there)(const struct line *); /* NULL: always */
    void (*put)(const struct line *);      /* writes the value */
};

static void
put_index(const struct line *l)
{
    jsonw_uint(l->out, l->job->index);
}

static void
put_id(const struct line *l)
{
    if (!l->job->id)
        line_put_null(l);
    else
        compact_json(l->out, l->job->id, strlen(l->job->id));
}

static bool
has_meta(const struct line *l)
{
    return l->job->meta != NULL;
}

static void
put_meta(const struct line *l)
{
    compact_json(l->out, l->job->meta, strlen(l->job->meta));
}

static bool
is_repeat(const struct line *l)
{
    return l->job->is_repeat;
}

static void
put_duplicate_of(const struct line *l)
{
    jsonw_uint(l->out, l->job->duplicate_of);
}

/* A plain URL (target.is_plain) needs no escapes and contains no secrets, and
 * nor does the given text. */

static void
put_url_given(const struct line *l)
{
    const struct job *j = l->job;

    if (!j->url_given)
        JSONW_LITERAL(l->out, "null");
    else if (j->origin.is_plain)
        jsonw_plain(l->out, j->url_given, j->url_given_len);
    else
        line_put_url(l, j->url_given, j->url_given_len);
}

static void
put_url_effective(const struct line *l)
{
    const struct target *t = &l->job->target;

    if (t->is_plain && l->res->url_effective == t->url)
        jsonw_plain(l->out, t->url, strlen(t->url));
    else
        line_put_url_or_null(l, l->res->url_effective);
}

static bool
has_request_hash(const struct line *l)
{
    return l->job->request_hash != NULL;
}

static void
put_request_hash(const struct line *l)
{
    jsonw_string(l->out, l->job->request_hash);
}

/* The requested method: redirects may have changed it. */
static void
put_method(const struct line *l)
{
    jsonw_string(l->out, l->job->first.method);
}

static void
put_ok(const struct line *l)
{
    jsonw_bool(l->out, l->res->error.class == ERR_NONE);
}

static void
put_status_code(const struct line *l)
{
    line_put_nonzero(l, result_status(l->res));
}

static void
put_attempts(const struct line *l)
{
    jsonw_uint(l->out, l->res->attempts);
}

static void
put_num_redirects(const struct line *l)
{
    jsonw_uint(l->out, l->res->num_redirects);
}

static void
put_http_version(const struct line *l)
{
    jsonw_string(l->out, l->res->http_version);
}

static void
put_remote_ip(const struct line *l)
{
    line_put_known(l, l->res->remote_ip);
}

static void
put_remote_port(const struct line *l)
{
    line_put_nonzero(l, l->res->remote_port);
}

static void
put_connection_reused(const struct line *l)
{
    if (l->res->reused < 0)
        line_put_null(l);
    else
        jsonw_bool(l->out, l->res->reused > 0);
}

static void
put_content_type(const struct line *l)
{
    jsonw_string(l->out, l->res->content_type);
}

static void
put_content_length(const struct line *l)
{
    jsonw_int_or_null(l->out, l->res->content_length);
}

static void
put_size_download(const struct line *l)
{
    jsonw_int(l->out, l->res->size_download);
}

static void
put_size_body(const struct line *l)
{
    jsonw_int(l->out, l->res->size_body);
}

static void
put_started_at(const struct line *l)
{
    line_put_moment(l, l->res->started_wall_us);
}

static void
put_time_queue(const struct line *l)
{
    jsonw_seconds(l->out, l->job->queue_us);
}

static void
put_time_total(const struct line *l)
{
    if (l->res->attempts > 0)
        jsonw_seconds(l->out, l->job->attempt_us);
    else
        line_put_null(l);
}

static void
put_elapsed(const struct line *l)
{
    jsonw_seconds(l->out, l->res->done_us - l->job->read_at_us);
}

static bool
wants_headers(const struct line *l)
{
    return l->opts->include_headers;
}

static void
put_headers(const struct line *l)
{
    if (l->res->status == 0 || l->res->is_response_dropped)
        line_put_null(l);
    else
        headers_write(l->out, l->res->headers.data, l->res->headers.len,
                      l->opts->show_secrets);
}

static bool
wants_redirects(const struct line *l)
{
    return l->opts->redirects;
}

static bool
wants_attempts(const struct line *l)
{
    return l->opts->attempts;
}

/* Can a body be truncated or stored, in the line or as a file, or can --since
 * carry on the path of one? */
static bool
wants_body(const struct line *l)
{
    return l->opts->body != BODY_OFF || l->opts->output_dir ||
           l->opts->truncate >= 0 || l->res->body_path;
}

static bool
wants_tls(const struct line *l)
{
    return l->opts->tls_info;
}

static bool
is_continued(const struct line *l)
{
    return l->res->continued_from >= 0;
}

static void
put_continued_from(const struct line *l)
{
    jsonw_int(l->out, l->res->continued_from);
}

static bool
is_skipped(const struct line *l)
{
    return l->res->is_skipped;
}

static void
put_skipped(const struct line *l)
{
    jsonw_bool(l->out, true);
}

/* Also true for a path carried over by --since. */
static bool
has_body_path(const struct line *l)
{
    return l->opts->output_dir || l->res->body_path;
}

static void
put_body_path(const struct line *l)
{
    jsonw_string(l->out, l->res->body_path);
}

static bool
wants_change(const struct line *l)
{
    return l->opts->since != NULL;
}

static void
put_change(const struct line *l)
{
    jsonw_string(l->out, earlier_change_name(l->res->change));
}

static void
put_url_earlier(const struct line *l)
{
    jsonw_string(l->out, l->res->url_earlier);
}

static void
put_size_earlier(const struct line *l)
{
    jsonw_int_or_null(l->out, l->res->size_earlier);
}

static void
put_status_earlier(const struct line *l)
{
    line_put_nonzero(l, l->res->status_earlier);
}

static bool
wants_digest(const struct line *l)
{
    return opts_want_digest(l->opts);
}

static void
put_etag(const struct line *l)
{
    jsonw_string(l->out, l->res->etag);
}

static void
put_last_modified(const struct line *l)
{
    jsonw_string(l->out, l->res->last_modified);
}

static void
put_sha256(const struct line *l)
{
    jsonw_string(l->out, l->res->sha256);
}

static bool
has_content_encoding(const struct line *l)
{
    return l->res->content_encoding != NULL;
}

static void
put_content_encoding(const struct line *l)
{
    jsonw_string(l->out, l->res->content_encoding);
}

static void
put_body_truncated(const struct line *l)
{
    jsonw_bool(l->out, l->res->body_truncated);
}

static bool
has_request(const struct line *l)
{
    return l->job->request != NULL;
}

static void
put_request(const struct line *l)
{
    const char *json = l->job->request;

    jsonw_raw(l->out, json, strlen(json));
}

/* Does "url" differ from the URL of the request? */
static bool
is_url_changed(const struct line *l)
{
    const char *url = l->job->url_given;
    size_t len = l->job->url_given_len;
    struct buf redacted = BUF_INIT;
    bool is_changed;

    if (len == 0)
        return false;
    if (!utf8_valid(url, len))
        return true;
    if (l->opts->show_secrets || !memchr(url, '@', len))
        return false;
    redact_url(&redacted, url, len);
    is_changed = redacted.len != len || memcmp(redacted.data, url, len) != 0;
    buf_fini(&redacted);
    return is_changed;
}

static bool wants_row(const struct line *l, const char *name);
static bool looks_like_request(const struct line *l);

/* Is it the method that a record gets if it names none? */
static bool
is_usual_method(const struct line *l)
{
    const struct request *first = &l->job->first;
    const char *usual = l->opts->method ? l->opts->method : "GET";

    return first->body_kind == BODY_NONE &&
           (!first->method || strcmp(first->method, usual) == 0);
}

/* The parts of the request missing in the line, as OWN_... bits. */
static unsigned
omitted(const struct line *l)
{
    unsigned bits = l->job->first.own;

    if (l->job->request && wants_row(l, "request"))
        return 0;
    if (bits & OWN_METHOD && (wants_row(l, "method") || is_usual_method(l)))
        bits &= ~(unsigned)OWN_METHOD;
    return bits | (is_url_changed(l) ? OWN_URL : 0U);
}

/* An empty list tells that the line is a result, and lacks nothing. */
static bool
has_omitted(const struct line *l)
{
    return omitted(l) != 0 || looks_like_request(l);
}

static void
put_omitted(const struct line *l)
{
    unsigned bits = omitted(l);
    const char *separator = "";

    JSONW_LITERAL(l->out, "[");
    for (unsigned i = 0; i < JOB_NOWN; i++) {
        if (!(bits >> i & 1))
            continue;
        jsonw_raw(l->out, separator, strlen(separator));
        jsonw_string(l->out, job_own_name(i));
        separator = ",";
    }
    JSONW_LITERAL(l->out, "]");
}

static bool
wants_warc(const struct line *l)
{
    return l->opts->warc != NULL;
}

/* Also true for a record carried over by --since. */
static bool
wants_warc_payload(const struct line *l)
{
    return wants_digest(l) && (wants_warc(l) || l->res->archived);
}

#define ROW_IF(name, is_there, put)                                            \
    {                                                                          \
        ",\"" name "\":", sizeof(name) + 3, is_there, put                      \
    }
#define ROW(name, put) ROW_IF(name, NULL, put)

static const struct row rows[] = {
    ROW("index", put_index),
    ROW("id", put_id),
    ROW_IF("meta", has_meta, put_meta),
    ROW_IF("duplicate_of", is_repeat, put_duplicate_of),
    ROW("url", put_url_given),
    ROW("url_effective", put_url_effective),
    ROW("method", put_method),
    ROW_IF("request_hash", has_request_hash, put_request_hash),
    ROW("ok", put_ok),
    ROW("status_code", put_status_code),
    ROW("error", line_put_error),
    ROW("attempts", put_attempts),
    ROW("num_redirects", put_num_redirects),
    ROW("http_version", put_http_version),
    ROW("remote_ip", put_remote_ip),
    ROW("remote_port", put_remote_port),
    ROW("connection_reused", put_connection_reused),
    ROW("content_type", put_content_type),
    ROW("content_length", put_content_length),
    ROW("size_download", put_size_download),
    ROW("size_body", put_size_body),
    ROW("started_at", put_started_at),
    ROW("time_queue", put_time_queue),
    ROW("time_total", put_time_total),
    ROW("elapsed", put_elapsed),
    ROW("timing", line_put_timing),
    ROW_IF("content_encoding", has_content_encoding, put_content_encoding),
    ROW_IF("headers", wants_headers, put_headers),
    ROW_IF("redirects", wants_redirects, line_put_redirects),
    ROW_IF("attempts_log", wants_attempts, line_put_attempts_log),
    ROW_IF("tls", wants_tls, line_put_tls),
    ROW_IF("body", line_body_is_string, line_put_body),
    ROW_IF("body_base64", line_body_is_base64, line_put_body_base64),
    ROW_IF("body_json", line_body_is_json, line_put_body_json),
    ROW_IF("body_path", has_body_path, put_body_path),
    ROW_IF("skipped", is_skipped, put_skipped),
    ROW_IF("continued_from", is_continued, put_continued_from),
    ROW_IF("body_truncated", wants_body, put_body_truncated),
    ROW_IF("change", wants_change, put_change),
    ROW_IF("etag", wants_digest, put_etag),
    ROW_IF("last_modified", wants_digest, put_last_modified),
    ROW_IF("sha256", wants_digest, put_sha256),
    ROW_IF("url_earlier", wants_change, put_url_earlier),
    ROW_IF("size_earlier", wants_change, put_size_earlier),
    ROW_IF("status_earlier", wants_change, put_status_earlier),
    ROW_IF("request", has_request, put_request),
    ROW_IF("request_omitted", has_omitted, put_omitted),
    ROW_IF("warc", wants_warc, line_put_warc),
    ROW_IF("warc_payload", wants_warc_payload, line_put_warc_payload),
};

_Static_assert(ARRAY_LEN(rows) <= 64, "a row is a bit of a mask");

/* The row's index, or -1. */
static int
find_row(const char *name, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (rows[i].key_len == len + 4 &&
            memcmp(rows[i].key + 2, name, len) == 0)
            return (int)i;
    }
    return -1;
}

bool
result_line_is_field(const char *name, size_t len)
{
    return find_row(name, len) >= 0;
}

bool
result_line_key(size_t i, struct result_line_key *key)
{
    if (i >= ARRAY_LEN(rows))
        return false;
    *key = (struct result_line_key){rows[i].key + 2, rows[i].key_len - 4,
                                    !rows[i].is_there};
    return true;
}

static uint64_t
row_bit(const char *name)
{
    return UINT64_C(1) << find_row(name, strlen(name));
}

static bool
wants_row(const struct line *l, const char *name)
{
    return (l->wanted & row_bit(name)) != 0;
}

static bool
is_written(const struct line *l, size_t i)
{
    return (l->wanted >> i & 1) != 0 &&
           (!rows[i].is_there || rows[i].is_there(l));
}

/*
 * Would the line be read as a request that sends the response's headers or
 * body?  It would where --fields selects these and no key that only results
 * have.
 */
static bool
looks_like_request(const struct line *l)
{
    uint64_t answer =
        row_bit("headers") | row_bit("body") | row_bit("body_base64");
    uint64_t shared = answer | row_bit("id") | row_bit("meta") |
                      row_bit("url") | row_bit("method") |
                      row_bit("request_omitted");

    if (l->opts->fields.n == 0 || !(l->wanted & answer))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (!(shared >> i & 1) && is_written(l, i))
            return false;
    }
    return true;
}

/* A bit for each row that --fields selects. */
static uint64_t
wanted_rows(const struct opts *opts)
{
    const struct strings *fields = &opts->fields;
    uint64_t mask = 0;

    if (fields->n == 0)
        return ~UINT64_C(0);
    for (size_t i = 0; i < fields->n; i++) {
        int row = find_row(fields->v[i], strlen(fields->v[i]));

        if (row >= 0)
            mask |= UINT64_C(1) << row;
    }
    /* Without these a later run could confuse requests, or files. */
    if (opts->resume)
        mask |= row_bit("method") | row_bit("request_hash") |
                row_bit("duplicate_of");
    if (opts->resume && mask & row_bit("body_path"))
        mask |= row_bit("skipped") | row_bit("url_earlier");
    /* Without it the line could be sent as another request. */
    if (mask & row_bit("url"))
        mask |= row_bit("request_omitted");
    return mask;
}

static void
put_row(const struct line *l, const struct row *row)
{
    memcpy(jsonw_room(l->out, KEY_BYTES), row->key, KEY_BYTES);
    l->out->len += row->key_len;
    row->put(l);
}

void
result_line_write(struct job *j, const struct opts *opts)
{
    struct line l = {&j->line, j, &j->res, opts, FORM_NONE, wanted_rows(opts)};

    l.body_form = line_body_form(j, opts);
    buf_clear(&j->line);
    buf_reserve(&j->line, PLAIN_BYTES);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (is_written(&l, i))
            put_row(&l, &rows[i]);
    }
    if (j->line.len == 0)
        JSONW_LITERAL(&j->line, ",");
    j->line.data[0] = '{';
    JSONW_LITERAL(&j->line, "}\n");
}

void
result_line_value(const struct job *j, const struct opts *opts,
                  const char *name, size_t name_len, struct buf *out)
{
    struct line l = {out,         j, &j->res, opts, line_body_form(j, opts),
                     ~UINT64_C(0)};
    int i = find_row(name, name_len);

    if (i >= 0 && (!rows[i].is_there || rows[i].is_there(&l)))
        rows[i].put(&l);
}
