#include "output/result_line.h"

#include "base/clock.h"
#include "base/json_compact.h"
#include "base/json_writer.h"
#include "base/redact.h"
#include "base/utf8.h"
#include "job/earlier.h"
#include "job/job.h"
#include "job/options.h"
#include "output/charset.h"
#include "output/headers.h"

#include <string.h>

/*
 * The line is a table: a row per key, in the order of the keys, with the
 * function that writes the value.  Each key is written with the comma before
 * it; the first comma becomes the opening brace.
 */

/* What a plain line takes at most, but for its strings. */
#define PLAIN_BYTES 1024

/* As what the body is written. */
enum body_form {
    FORM_NONE, /* not asked for */
    FORM_NULL, /* there was no response */
    FORM_STRING,
    FORM_BASE64,
    FORM_JSON,
};

/* A line being written. */
struct line {
    struct buf *out;
    const struct job *job;
    const struct result *res; /* the job's */
    const struct opts *opts;
    enum body_form body_form;
};

/* A comma, a key and its colon: the longest fits, and so a row's text can be
 * copied as a block of fixed size. */
#define KEY_BYTES 24

struct row {
    char key[KEY_BYTES];                   /* ,"name": */
    size_t key_len;                        /* bytes of it */
    bool (*is_there)(const struct line *); /* NULL: always */
    void (*put)(const struct line *);      /* writes the value */
};

static void
put_null(const struct line *l)
{
    JSONW_LITERAL(l->out, "null");
}

/* A string that may be "" for unknown. */
static void
put_known(const struct line *l, const char *s)
{
    if (s[0] == '\0')
        put_null(l);
    else
        jsonw_string(l->out, s);
}

/* A number that may be 0 for unknown. */
static void
put_nonzero(const struct line *l, int n)
{
    if (n == 0)
        put_null(l);
    else
        jsonw_int(l->out, n);
}

/* A URL, without its secrets. */
static void
put_url(const struct line *l, const char *url, size_t len)
{
    struct buf redacted = BUF_INIT;

    /* Nothing to hide without userinfo: the rule, and it allocates nothing. */
    if (l->opts->show_secrets || len == 0 || memchr(url, '@', len) == NULL) {
        jsonw_string_n(l->out, url, len);
        return;
    }
    redact_url(&redacted, url, len);
    jsonw_string_n(l->out, redacted.data, redacted.len);
    buf_fini(&redacted);
}

static void
put_url_or_null(const struct line *l, const char *url)
{
    if (url == NULL)
        put_null(l);
    else
        put_url(l, url, strlen(url));
}

static bool
is_scheme_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/*
 * Where in text a URL may begin, but not at its start: behind a quote that
 * opens, or at the scheme before "://".  len where there is no such place.
 */
static size_t
next_url(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        size_t start = i;

        if (text[i] == '\'' && (i == 0 || text[i - 1] == ' '))
            return i + 1;
        if (len - i < 3 || memcmp(text + i, "://", 3) != 0)
            continue;
        while (start > 0 && is_scheme_char(text[start - 1]))
            start--;
        if (start > 0)
            return start;
    }
    return len;
}

/* An error's message, which may quote URLs. */
static void
put_message(const struct line *l, const char *text)
{
    struct buf redacted = BUF_INIT;
    size_t left = strlen(text);

    if (l->opts->show_secrets || strchr(text, '@') == NULL) {
        jsonw_string_n(l->out, text, left);
        return;
    }
    while (left > 0) {
        size_t n = next_url(text, left);

        redact_url(&redacted, text, n);
        text += n;
        left -= n;
    }
    jsonw_string_n(l->out, redacted.data, redacted.len);
    buf_fini(&redacted);
}

static void
put_index(const struct line *l)
{
    jsonw_uint(l->out, l->job->index);
}

static void
put_id(const struct line *l)
{
    if (l->job->id == NULL)
        put_null(l);
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

/* A plain URL (target.is_plain) has nothing to hide and nothing to escape,
 * nor has the text that it was given as. */

static void
put_url_given(const struct line *l)
{
    const struct job *j = l->job;

    if (j->url_given == NULL)
        JSONW_LITERAL(l->out, "null");
    else if (j->origin.is_plain)
        jsonw_plain(l->out, j->url_given, j->url_given_len);
    else
        put_url(l, j->url_given, j->url_given_len);
}

static void
put_url_effective(const struct line *l)
{
    const struct target *t = &l->job->target;

    if (t->is_plain && l->res->url_effective == t->url)
        jsonw_plain(l->out, t->url, strlen(t->url));
    else
        put_url_or_null(l, l->res->url_effective);
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

/* As asked: redirects may have changed it. */
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
    put_nonzero(l, result_status(l->res));
}

static void
put_error(const struct line *l)
{
    const struct fetch_error *e = &l->res->error;

    if (e->class == ERR_NONE) {
        put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{\"class\":");
    jsonw_string(l->out, result_class_name(e->class));
    JSONW_LITERAL(l->out, ",\"code\":");
    jsonw_string(l->out, e->code);
    JSONW_LITERAL(l->out, ",\"phase\":");
    jsonw_string(l->out, result_phase_name(e->phase));
    JSONW_LITERAL(l->out, ",\"message\":");
    put_message(l, e->message);
    JSONW_LITERAL(l->out, ",\"retryable\":");
    jsonw_bool(l->out, e->retryable);
    JSONW_LITERAL(l->out, ",\"curl_code\":");
    jsonw_int(l->out, e->curl_code);
    JSONW_LITERAL(l->out, ",\"os_errno\":");
    put_nonzero(l, e->os_errno);
    JSONW_LITERAL(l->out, "}");
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
    put_known(l, l->res->remote_ip);
}

static void
put_remote_port(const struct line *l)
{
    put_nonzero(l, l->res->remote_port);
}

static void
put_connection_reused(const struct line *l)
{
    if (l->res->reused < 0)
        put_null(l);
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

/* A moment of the wall clock, -1 for unknown. */
static void
put_moment(const struct line *l, int64_t wall_us)
{
    char text[CLOCK_TEXT];

    if (wall_us < 0) {
        put_null(l);
        return;
    }
    clock_format(wall_us, text);
    JSONW_LITERAL(l->out, "\"");
    jsonw_raw(l->out, text, CLOCK_TEXT - 1);
    JSONW_LITERAL(l->out, "\"");
}

static void
put_started_at(const struct line *l)
{
    put_moment(l, l->res->started_wall_us);
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
        put_null(l);
}

static void
put_elapsed(const struct line *l)
{
    jsonw_seconds(l->out, l->res->done_us - l->job->read_at_us);
}

static void
put_timing(const struct line *l)
{
    const struct timing *t = &l->res->timing;

    if (!l->res->has_timing) {
        put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{\"dns\":");
    jsonw_seconds_or_null(l->out, t->dns);
    JSONW_LITERAL(l->out, ",\"connect\":");
    jsonw_seconds_or_null(l->out, t->connect);
    JSONW_LITERAL(l->out, ",\"tls\":");
    jsonw_seconds_or_null(l->out, t->tls);
    JSONW_LITERAL(l->out, ",\"send\":");
    jsonw_seconds_or_null(l->out, t->send);
    JSONW_LITERAL(l->out, ",\"wait\":");
    jsonw_seconds_or_null(l->out, t->wait);
    JSONW_LITERAL(l->out, ",\"receive\":");
    jsonw_seconds_or_null(l->out, t->receive);
    JSONW_LITERAL(l->out, "}");
}

static bool
wants_headers(const struct line *l)
{
    return l->opts->include_headers;
}

static void
put_headers(const struct line *l)
{
    if (l->res->status == 0 || l->res->is_let_go)
        put_null(l);
    else
        headers_write(l->out, l->res->headers.data, l->res->headers.len,
                      l->opts->show_secrets);
}

static bool
wants_redirects(const struct line *l)
{
    return l->opts->redirects;
}

static void
put_hop(const struct line *l, const struct hop *hop)
{
    JSONW_LITERAL(l->out, "{\"url\":");
    put_url_or_null(l, hop->url);
    JSONW_LITERAL(l->out, ",\"status_code\":");
    put_nonzero(l, hop->status);
    JSONW_LITERAL(l->out, ",\"location\":");
    put_url_or_null(l, hop->location);
    JSONW_LITERAL(l->out, ",\"remote_ip\":");
    put_known(l, hop->remote_ip);
    JSONW_LITERAL(l->out, ",\"time_total\":");
    jsonw_seconds_or_null(l->out, hop->time_us);
    JSONW_LITERAL(l->out, "}");
}

static void
put_redirects(const struct line *l)
{
    JSONW_LITERAL(l->out, "[");
    for (const struct hop *h = l->res->hops; h != NULL; h = h->next) {
        if (h != l->res->hops)
            JSONW_LITERAL(l->out, ",");
        put_hop(l, h);
    }
    JSONW_LITERAL(l->out, "]");
}

static bool
wants_attempts(const struct line *l)
{
    return l->opts->attempts;
}

static void
put_attempt(const struct line *l, const struct attempt *a)
{
    JSONW_LITERAL(l->out, "{\"status_code\":");
    put_nonzero(l, a->status);
    JSONW_LITERAL(l->out, ",\"error_class\":");
    if (a->error_class == ERR_NONE)
        put_null(l);
    else
        jsonw_string(l->out, result_class_name(a->error_class));
    JSONW_LITERAL(l->out, ",\"retry_after\":");
    jsonw_seconds_or_null(l->out, a->retry_after_us);
    JSONW_LITERAL(l->out, ",\"waited\":");
    jsonw_seconds(l->out, a->waited_us);
    JSONW_LITERAL(l->out, ",\"time_total\":");
    jsonw_seconds_or_null(l->out, a->time_us);
    JSONW_LITERAL(l->out, "}");
}

static void
put_attempts_log(const struct line *l)
{
    const struct attempt *first = l->res->attempt_log;

    JSONW_LITERAL(l->out, "[");
    for (const struct attempt *a = first; a != NULL; a = a->next) {
        if (a != first)
            JSONW_LITERAL(l->out, ",");
        put_attempt(l, a);
    }
    JSONW_LITERAL(l->out, "]");
}

/* A body without the byte order mark that some servers put before JSON; a
 * reader may ignore it (RFC 8259, 8.1). */
static const char *
json_of(const struct buf *body, size_t *len)
{
    *len = body->len;
    return utf8_skip_mark(body->data, len);
}

/* A body that can't be what was asked for is written as with "auto". */
static enum body_form
choose_body_form(const struct job *j, const struct opts *opts)
{
    const struct buf *body = &j->res.body;
    const char *json;
    size_t len;
    bool is_utf8;

    if (opts->body == BODY_OFF)
        return FORM_NONE;
    if (j->res.status == 0 || j->res.is_let_go ||
        j->res.error.class == ERR_TOO_LARGE)
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

static bool
body_is_string(const struct line *l)
{
    return l->body_form == FORM_STRING || l->body_form == FORM_NULL;
}

static void
put_body(const struct line *l)
{
    const struct buf *body = &l->res->body;

    if (l->body_form == FORM_NULL)
        put_null(l);
    else if (body->len == 0)
        JSONW_LITERAL(l->out, "\"\"");
    else if (l->opts->body == BODY_TEXT)
        charset_write(l->out, l->res->content_type, body->data, body->len);
    else
        jsonw_string_n(l->out, body->data, body->len);
}

static bool
body_is_base64(const struct line *l)
{
    return l->body_form == FORM_BASE64;
}

static void
put_body_base64(const struct line *l)
{
    jsonw_base64(l->out, l->res->body.data, l->res->body.len);
}

static bool
body_is_json(const struct line *l)
{
    return l->body_form == FORM_JSON;
}

static void
put_body_json(const struct line *l)
{
    size_t len;
    const char *json = json_of(&l->res->body, &len);

    compact_json(l->out, json, len);
}

/* Bodies are kept in the line or as files, or may be cut for other ends. */
static bool
wants_body(const struct line *l)
{
    return l->opts->body != BODY_OFF || l->opts->output_dir != NULL ||
           l->opts->truncate >= 0;
}

static bool
wants_tls(const struct line *l)
{
    return l->opts->tls_info;
}

static void
put_tls(const struct line *l)
{
    const struct tls_info *t = l->res->tls;

    if (t == NULL) {
        put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{\"version\":");
    jsonw_string(l->out, t->version);
    JSONW_LITERAL(l->out, ",\"cipher\":");
    jsonw_string(l->out, t->cipher);
    JSONW_LITERAL(l->out, ",\"alpn\":");
    jsonw_string(l->out, t->alpn);
    JSONW_LITERAL(l->out, ",\"verified\":");
    jsonw_bool(l->out, t->is_verified);
    JSONW_LITERAL(l->out, ",\"subject\":");
    jsonw_string(l->out, t->subject);
    JSONW_LITERAL(l->out, ",\"issuer\":");
    jsonw_string(l->out, t->issuer);
    JSONW_LITERAL(l->out, ",\"not_after\":");
    put_moment(l, t->not_after_us);
    JSONW_LITERAL(l->out, ",\"sha256\":");
    jsonw_string(l->out, t->sha256);
    JSONW_LITERAL(l->out, "}");
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

/* Also one that --since carries on. */
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

/* Is "url" another one than that of the request? */
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

/* What the line does not tell of the request, as OWN_... bits. */
static unsigned
omitted(const struct line *l)
{
    if (l->job->request)
        return 0;
    return l->job->first.own | (is_url_changed(l) ? OWN_URL : 0U);
}

static bool
has_omitted(const struct line *l)
{
    return omitted(l) != 0;
}

static void
put_omitted(const struct line *l)
{
    unsigned bits = omitted(l);
    char mark = '[';

    for (unsigned i = 0; i < JOB_NOWN; i++) {
        if (!(bits >> i & 1))
            continue;
        jsonw_raw(l->out, &mark, 1);
        jsonw_string(l->out, job_own_name(i));
        mark = ',';
    }
    JSONW_LITERAL(l->out, "]");
}

static bool
wants_warc(const struct line *l)
{
    return l->opts->warc != NULL;
}

/* The members that say where a record is. */
static void
put_place(const struct line *l, const char *file, int64_t offset,
          int64_t length)
{
    JSONW_LITERAL(l->out, "\"file\":");
    jsonw_string(l->out, file);
    JSONW_LITERAL(l->out, ",\"offset\":");
    jsonw_int(l->out, offset);
    JSONW_LITERAL(l->out, ",\"length\":");
    jsonw_int(l->out, length);
}

static void
put_warc(const struct line *l)
{
    const struct result *r = l->res;

    if (r->warc_file == NULL) {
        put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{");
    put_place(l, r->warc_file, r->warc_offset, r->warc_length);
    JSONW_LITERAL(l->out, "}");
}

/* Also one that --since carries on. */
static bool
wants_warc_payload(const struct line *l)
{
    return wants_digest(l) && (wants_warc(l) || l->res->archived);
}

static void
put_warc_payload(const struct line *l)
{
    const struct archived *a = l->res->archived;

    if (!a) {
        put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{\"id\":");
    jsonw_string(l->out, a->id);
    JSONW_LITERAL(l->out, ",\"url\":");
    jsonw_string(l->out, a->url);
    JSONW_LITERAL(l->out, ",\"date\":");
    jsonw_string(l->out, a->date);
    JSONW_LITERAL(l->out, ",");
    put_place(l, a->file, a->offset, a->length);
    JSONW_LITERAL(l->out, "}");
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
    ROW("error", put_error),
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
    ROW("timing", put_timing),
    ROW_IF("content_encoding", has_content_encoding, put_content_encoding),
    ROW_IF("headers", wants_headers, put_headers),
    ROW_IF("redirects", wants_redirects, put_redirects),
    ROW_IF("attempts_log", wants_attempts, put_attempts_log),
    ROW_IF("tls", wants_tls, put_tls),
    ROW_IF("body", body_is_string, put_body),
    ROW_IF("body_base64", body_is_base64, put_body_base64),
    ROW_IF("body_json", body_is_json, put_body_json),
    ROW_IF("body_path", has_body_path, put_body_path),
    ROW_IF("skipped", is_skipped, put_skipped),
    ROW_IF("body_truncated", wants_body, put_body_truncated),
    ROW_IF("change", wants_change, put_change),
    ROW_IF("etag", wants_digest, put_etag),
    ROW_IF("last_modified", wants_digest, put_last_modified),
    ROW_IF("sha256", wants_digest, put_sha256),
    ROW_IF("url_earlier", wants_change, put_url_earlier),
    ROW_IF("size_earlier", wants_change, put_size_earlier),
    ROW_IF("request", has_request, put_request),
    ROW_IF("request_omitted", has_omitted, put_omitted),
    ROW_IF("warc", wants_warc, put_warc),
    ROW_IF("warc_payload", wants_warc_payload, put_warc_payload),
};

_Static_assert(ARRAY_LEN(rows) <= 64, "a row is a bit of a mask");

/* The row's number, or -1. */
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
                                    rows[i].is_there == NULL};
    return true;
}

/* The rows that --fields leaves, one bit each. */
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
    /* Without these a later run would take other requests for the same. */
    if (opts->resume) {
        mask |= UINT64_C(1) << find_row("method", strlen("method"));
        mask |= UINT64_C(1) << find_row("request_hash", strlen("request_hash"));
    }
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
    uint64_t wanted = wanted_rows(opts);
    struct line l = {&j->line, j, &j->res, opts, FORM_NONE};

    l.body_form = choose_body_form(j, opts);
    buf_clear(&j->line);
    buf_reserve(&j->line, PLAIN_BYTES);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct row *row = &rows[i];

        if ((wanted >> i & 1) != 0 &&
            (row->is_there == NULL || row->is_there(&l)))
            put_row(&l, row);
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
    struct line l = {out, j, &j->res, opts, choose_body_form(j, opts)};
    int i = find_row(name, name_len);

    if (i >= 0 && (rows[i].is_there == NULL || rows[i].is_there(&l)))
        rows[i].put(&l);
}
