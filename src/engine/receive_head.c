#include "engine/receive_head.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/budgets.h"
#include "base/clock.h"
#include "body/body.h"
#include "body/capture.h"
#include "body/decode.h"
#include "body/part.h"
#include "engine/easy.h"
#include "engine/folded.h"
#include "engine/framing.h"
#include "engine/prepare.h"
#include "engine/setup.h"
#include "engine/tlsinfo.h"
#include "engine/transfer.h"
#include "engine/upload.h"
#include "job/http.h"
#include "job/job.h"
#include "job/options.h"

void
receive_forget(struct transfer *x)
{
    decode_free(x->decoder);
    x->decoder = NULL;
    codings_fini(&x->codings);
    x->is_coding_line = false;
    x->body_bytes = 0;
    x->again_bytes = 0;
}

/* May its status lead to another attempt? */
static bool
may_be_retried(const struct transfer *x)
{
    return x->job->res.attempts < x->env->opts->retry &&
           ranges_has(x->env->opts->retry_on, x->status);
}

/* A response begins, possibly after others (100, or 401 with digest). */
static void
on_status(struct transfer *x, int status)
{
    struct job *j = x->job;

    buf_clear(&j->res.headers);
    buf_clear(&j->res.body);
    j->ncontrols = 0;
    body_drop(j);
    receive_forget(x);
    j->res.size_body = 0;
    framing_begin(&x->framing);
    x->status = status;
    x->wire.state = TRANSFER_HEAD;
    x->is_redirect = http_is_redirect(status) &&
                     j->res.num_redirects < x->env->opts->max_redirects;
    /* Keep the connection if the next hop or attempt is likely to need it. */
    if (!prepare_is_single_use(x) &&
        (j->keep_conn ? prepare_is_kept_once_answered(x)
                      : x->is_redirect || may_be_retried(x)))
        EASY_SET(x->easy, CURLOPT_FORBID_REUSE, 0L);
}

/* libcurl sends a body with HEAD only as a custom POST, and would then wait
 * for the body of the response, which never comes (RFC 9110, 9.3.2). */
static bool
is_head_with_body(const struct transfer *x)
{
    return x->status >= 200 && x->job->req.body_kind != BODY_NONE &&
           strcmp(x->job->req.method, "HEAD") == 0;
}

bool
receive_has_no_body(const struct transfer *x)
{
    return x->status == 204 || x->status == 304 ||
           (x->status >= 200 && strcmp(x->job->req.method, "HEAD") == 0);
}

bool
receive_may_have_body(const struct transfer *x)
{
    return !receive_has_no_body(x) &&
           (x->framing.is_coded || x->framing.length != 0);
}

/* Does a list that is a field of the response contain that element? */
static bool
field_has(const struct transfer *x, const char *name, const char *element)
{
    const char *text;

    for (size_t i = 0; (text = easy_header(x->easy, name, i)); i++)
        if (http_list_has(text, strlen(text), element))
            return true;
    return false;
}

/* Does the request say that it is the last one of its connection? */
static bool
asks_to_close(const struct transfer *x)
{
    const char *text = setup_header(transfer_headers(x), "Connection");

    return text && http_list_has(text, strlen(text), "close");
}

/* Does a response with a body end its connection?  (RFC 9112, 9.3) */
static bool
ends_connection(const struct transfer *x)
{
    if (prepare_is_single_use(x))
        return true;
    if (!x->is_http1)
        return false;
    if (x->framing.ends_connection ||
        (x->job->target.proxy && field_has(x, "proxy-connection", "close")))
        return true;
    if (easy_long(x->easy, CURLINFO_HTTP_VERSION) == CURL_HTTP_VERSION_1_0 &&
        !field_has(x, "connection", "keep-alive"))
        return true;
    return !easy_header(x->easy, "content-length", 0) &&
           !field_has(x, "transfer-encoding", "chunked");
}

/* Does the response say where the redirect leads?  An empty Location says
 * nothing, as in curl. */
static bool
has_location(const struct transfer *x)
{
    const char *location = easy_header(x->easy, "location", 0);

    return location && *location;
}

/* At the end of a redirect's head: is its body worth reading? */
static bool
wants_redirect_body(struct transfer *x)
{
    if (!transfer_was_sent(x) || receive_has_no_body(x))
        return true;
    if (ends_connection(x) ||
        easy_number(x->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) >
            REDIRECT_BODY_MAX_BYTES)
        return false;
    x->redirect_us = clock_now_us();
    x->env->on_redirect(x->env->ctx, x);
    return true;
}

/*
 * Is the request accepted (2xx) before all of its body was sent?  If it had
 * 'Expect: 100-continue', libcurl then sends no body, but would keep the
 * connection.  For other statuses libcurl closes the connection itself.  A
 * digest's challenge does not count: that request had no body to send.
 */
static bool
is_answered_early(const struct transfer *x)
{
    return x->status < 300 &&
           easy_number(x->easy, CURLINFO_SIZE_UPLOAD_T) < transfer_body_len(x);
}

/* Is it a 101 that libcurl did not ask for?  Then no other response follows:
 * the connection speaks a protocol that a header of the user's may have named.
 */
static bool
is_unasked_switch(const struct transfer *x)
{
    bool has_asked = x->env->opts->http == HTTP_2 && !x->job->target.is_tls;

    return x->status == 101 && x->is_http1 && !has_asked;
}

/* Is the end of the connection the only sign that the body is complete? */
static bool
ends_with_connection(const struct transfer *x)
{
    const struct framing *f = &x->framing;

    if (receive_has_no_body(x) || f->is_chunked)
        return false;
    return f->is_coded
               ? easy_number(x->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) < 0
               : f->length < 0;
}

/*
 * The head ends.  Do not use an HTTP/1 connection again
 *
 * - if the server declares a body where none is allowed: it may come later, and
 *   would be taken for the beginning of the next answer;
 * - if it declares both a length and a transfer-coding, and may mean either;
 * - if it has not got all of the request: it would take the next one for the
 *   rest;
 * - if the request said that it is the last one (RFC 9112, 9.6).
 */
static void
on_head_end(struct transfer *x)
{
    const struct framing *f = &x->framing;
    bool has_length = f->length > 0 || f->is_wrong;

    x->wire.state = TRANSFER_HEADED;
    tlsinfo_release(x->end_note);
    x->end_note = NULL;
    if (is_unasked_switch(x))
        x->stop = STOP_ENOUGH;
    if (!x->is_http1 || x->status < 200)
        return;
    /* libcurl 8.23 refuses a wrong length, too, even one that does not count
     * because of HEAD or a Transfer-Encoding. */
    if (f->is_wrong && x->status != 204 && x->status != 304)
        x->stop = STOP_FRAMING;
    else if (f->is_unasked && !receive_has_no_body(x))
        x->stop = STOP_UNASKED;
    else if ((receive_has_no_body(x) ? has_length || f->is_coded
                                     : has_length && f->is_coded) ||
             f->ends_connection || is_answered_early(x) || asks_to_close(x))
        EASY_SET(x->easy, CURLOPT_FORBID_REUSE, 1L);
    if (ends_with_connection(x))
        x->end_note = tlsinfo_hold(x->easy);
}

/* Does what is sent depend on more of the request than Accept-Encoding? */
static bool
varies_by_request(const struct transfer *x)
{
    const char *text;

    for (size_t i = 0; (text = easy_header(x->easy, "vary", i)); i++) {
        text += strspn(text, ", \t");
        if (*text && strcasecmp(text, "accept-encoding") != 0)
            return true;
    }
    return false;
}

static int64_t
unix_time(const char *date)
{
    return date ? (int64_t)curl_getdate(date, NULL) : -1;
}

/*
 * --continue: may the body be joined to the part, or be continued later?
 * Returns false if the transfer must end, since it does not answer the Range.
 */
static bool
is_answer_to_range(struct transfer *x)
{
    struct part_answer a = {.status = x->status};

    if (!x->job->part || x->status < 200 || x->is_redirect)
        return true;
    a.etag = easy_header(x->easy, "etag", 0);
    a.last_modified = easy_header(x->easy, "last-modified", 0);
    a.date = easy_header(x->easy, "date", 0);
    a.content_range = easy_header(x->easy, "content-range", 0);
    a.content_type = easy_header(x->easy, "content-type", 0);
    a.disposition = easy_header(x->easy, "content-disposition", 0);
    a.is_coded = x->codings.text.len > 0 || x->codings.is_too_long;
    a.varies = varies_by_request(x);
    a.last_modified_s = unix_time(a.last_modified);
    a.date_s = unix_time(a.date);
    a.length = easy_number(x->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T);
    if (body_on_head(x->env->bodies, x->job, &a))
        return true;
    x->stop = STOP_RANGE;
    return false;
}

/*
 * With --digest, libcurl holds a body back until it has a challenge.  Does
 * another answer than 401 come for the request without it?  It is no answer to
 * the request that was asked for.  (libcurl would only send a 2xx's again.)
 */
static bool
is_unchallenged(const struct transfer *x)
{
    const struct job *j = x->job;
    bool has_body =
        j->req.body_len > 0 || (x->upload && upload_size(x->upload) != 0);

    return x->env->opts->auth == AUTH_DIGEST && has_body &&
           !j->is_unchallenged && !x->was_challenged && x->status >= 200 &&
           x->status != 401 && setup_may_log_in(x->env->opts, j) &&
           easy_number(x->easy, CURLINFO_SIZE_UPLOAD_T) == 0;
}

/* Collect Content-Encoding lines as they pass: libcurl would search all lines
 * for each one. */
static void
note_codings(struct transfer *x, const char *line, size_t len)
{
    const char *value = NULL;

    if (x->wire.state >= TRANSFER_BODY)
        return;                /* a trailer */
    if (ascii_is_blank(*line)) /* the line before goes on */
        value = x->is_coding_line ? line : NULL;
    else
        value = framing_value(line, len, "content-encoding");
    x->is_coding_line = value != NULL;
    if (value)
        codings_add(&x->codings, value, (size_t)(line + len - value));
}

/* Must the next line be a status line?  Lines of a head or of a trailer are
 * none, whatever they look like. */
static bool
awaits_status(const struct transfer *x)
{
    return x->wire.state < TRANSFER_BODY && x->wire.state != TRANSFER_HEAD &&
           x->status < 200;
}

/*
 * Read the first line of a head.  Returns false if it is no status line, or one
 * of a protocol that the connection does not speak.
 */
static bool
begin_head(struct transfer *x, const char *line, size_t len, int *status)
{
    *status = framing_status(line, len, &x->is_http1);
    if (*status && (x->is_http1 || x->sent.streams != STREAMS_NONE)) {
        on_status(x, *status);
        return true;
    }
    *x->env->has_wrong_version = *x->env->has_wrong_version || *status;
    x->stop = STOP_STATUS_LINE;
    x->first_byte_us = 0; /* no answer has begun */
    return false;
}

/* A trailer sets no cookie. */
static void
note_cookie(const struct transfer *x, const char *line, size_t len)
{
    const char *value = x->wire.state == TRANSFER_HEAD
                            ? framing_value(line, len, "set-cookie")
                            : NULL;

    if (value)
        prepare_set_cookie(x, value, (size_t)(line + len - value));
}

/* Count a line of a head or trailer.  Returns false if these are too long. */
static bool
count_line(struct transfer *x, size_t len)
{
    if (!x->first_byte_us) {
        x->first_byte_us = clock_now_us();
        x->first_byte_held_us = transfer_held_us(x, x->first_byte_us);
    }
    x->env->on_activity(x->env->ctx, x);
    x->head_bytes += len;
    if (x->head_bytes <= HEAD_MAX_BYTES && ++x->head_lines <= HEAD_MAX_LINES)
        return true;
    x->stop = STOP_HEADERS;
    return false;
}

/* Note what a header line or a line of a trailer says. */
static void
note_field(struct transfer *x, const char *line, size_t len)
{
    note_codings(x, line, len);
    if (x->wire.state == TRANSFER_HEAD)
        framing_add_line(&x->framing, line, len);
    if (x->env->cookies)
        note_cookie(x, line, len);
    if (x->env->opts->include_headers)
        buf_add(&x->job->res.headers, line, len);
}

/* The head ends.  Returns false if the transfer ends with it. */
static bool
wants_rest(struct transfer *x)
{
    on_head_end(x);
    x->is_redirect = x->is_redirect && has_location(x);
    if (x->stop == STOP_NONE && is_unchallenged(x))
        x->stop = STOP_UNCHALLENGED;
    if (x->stop != STOP_NONE || !is_answer_to_range(x))
        return false;
    if (is_head_with_body(x) || (x->is_redirect && !wants_redirect_body(x)))
        x->stop = STOP_ENOUGH;
    return x->stop == STOP_NONE;
}

size_t
receive_header(char *line, size_t size, size_t n, void *arg)
{
    struct transfer *x = arg;
    size_t len = size * n;
    bool is_blank;
    int status = 0;

    folded_restore(x, line);
    is_blank = len > 0 && (line[0] == '\r' || line[0] == '\n');
    if (!count_line(x, len))
        return 0;
    if (awaits_status(x)) {
        if (!begin_head(x, line, len, &status))
            return 0;
        if (x->is_http1)
            folded_expect(x);
    } else if (!is_blank) {
        note_field(x, line, len);
    }
    if (x->job->capture && x->wire.state == TRANSFER_HEAD)
        capture_head_line(x->job->capture, line, len, status);
    if (is_blank && x->wire.state == TRANSFER_HEAD && !wants_rest(x))
        return 0;
    return len;
}
