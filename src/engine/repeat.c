#include "engine/repeat.h"

#include <string.h>

#include "base/ascii.h"
#include "body/capture.h"
#include "engine/easy.h"
#include "engine/tlsinfo.h"
#include "engine/transfer.h"
#include "job/job.h"
#include "job/options.h"

/* What matters of a message stands at its beginning; after it may come a URL or
 * another text of strangers. */
#define MESSAGE_MAX 128

/* What follows a text's beginning, or NULL if it begins otherwise. */
static const char *
after(const char *text, const char *beginning)
{
    size_t len = strlen(beginning);

    return strncmp(text, beginning, len) == 0 ? text + len : NULL;
}

/* The stream number in a message, or -1. */
static int64_t
stream_in(const char *text)
{
    const char *rest;
    long long n;
    int len = 0;

    if ((rest = after(text, "Using Stream ID: "))) /* 7.88 */
        return sscanf(rest, "%lld", &n) == 1 ? n : -1;
    rest = after(text, "[HTTP/2] [");
    if (rest && sscanf(rest, "%lld] OPENED stream%n", &n, &len) == 1 && len > 0)
        return n;
    return -1;
}

/* Read a GOAWAY's error and last stream.  Returns false if it is no such
 * message. */
static bool
read_goaway(const char *text, int64_t *error, int64_t *last)
{
    const char *rest = after(text, "received GOAWAY, ");
    long long e, n;

    if (!rest)
        rest = after(text, "recveived GOAWAY, "); /* 7.88 */
    if (!rest || sscanf(rest, "error=%lld, last_stream=%lld", &e, &n) != 2 ||
        n < 0)
        return false;
    *error = e;
    *last = n;
    return true;
}

/*
 * Is the connection still open, as far as known?  While it is, libcurl repeats
 * a request only if its stream was refused.
 */
static bool
stands(const struct transfer *x)
{
    return x->local_port != 0 &&
           x->env->stands(x->env->socket_ctx, x->local_port) &&
           !tlsinfo_has_ended(x->easy);
}

/* Did libcurl report no error except that it stopped repeating?  (It counts
 * over all requests of a handle.) */
static bool
has_no_fault(const struct transfer *x)
{
    return x->errbuf[0] == '\0' ||
           strncmp(x->errbuf, "Connection died, tried", 22) == 0;
}

/*
 * Was its stream refused?  If its frames are not seen (HTTP/3), it is known
 * only that nothing has changed on the connection.
 */
static bool
was_refused(const struct transfer *x)
{
    const struct sent *s = &x->sent;

    if (x->end.session)
        return x->end.is_refused;
    return !s->has_goaway && s->stream > 0 && has_no_fault(x) && stands(x);
}

/* libcurl is about to send the request again. */
static void
note_again(struct transfer *x)
{
    struct sent *s = &x->sent;

    if (x->stop != STOP_NONE || x->first_byte_us)
        return;
    if (was_refused(x))
        s->is_refused = true;
    x->stop = STOP_REPEAT;
    x->env->on_repeat(x->env->ctx, x);
}

/* Does it tell an error that nghttp2 returned? */
static bool
is_of_nghttp2(const char *text)
{
    return after(text, "nghttp2 ") || after(text, "process_pending_input: ") ||
           after(text, "h2_process_pending_input: ");
}

/* Did nghttp2 end the connection because of a flood?  It has too many PINGs or
 * SETTINGS to answer, or (in Debian unstable) counts frames, and may then be
 * sooner than sockets.c. */
static bool
is_flood(const char *text)
{
    return is_of_nghttp2(text) && (strstr(text, "Flooding was detected") ||
                                   (after(text, "nghttp2 shuts down ") &&
                                    strstr(text, "ENHANCE_YOUR_CALM")));
}

/*
 * Read libcurl's message.  A GOAWAY for an error is no proof: nghttp2 in Node
 * 20 sends it with streams whose requests it has already passed on, if it got
 * too many RST_STREAMs.
 */
static void
note_message(struct transfer *x, const char *text)
{
    struct sent *s = &x->sent;
    int64_t n, error;

    if ((n = stream_in(text)) > 0) {
        s->stream = n;
        stream_end_watch(&x->end, n);
        *x->env->hears_streams = true;
    } else if (read_goaway(text, &error, &n)) {
        s->has_goaway = true;
        s->last = error == 0 ? n : INT64_MAX;
        x->env->on_goaway(x->env->ctx, x);
    } else if (after(text, "REFUSED_STREAM, ")) {
        s->is_refused = true;
    } else if (is_flood(text)) {
        x->env->on_flood(x->env->ctx, x->wire.ends);
    } else if (after(text, "Connection died, ")) {
        note_again(x);
    } else if (after(text, "Downgrades to HTTP/1.1")) {
        note_again(x);
        s->is_refused = false;
        s->wants_http1 = true;
    }
}

static void
set_listening(struct transfer *x, bool is_listening)
{
    if (x->sent.is_listening != is_listening)
        EASY_SET(x->easy, CURLOPT_VERBOSE, is_listening ? 1L : 0L);
    x->sent.is_listening = is_listening;
}

/*
 * Pass bytes of a request, except a CONNECT, to the archive as they are sent.
 * If all were sent and no message matters, stop listening: libcurl's messages
 * take a fifth of its time.
 */
static void
capture_sent(struct transfer *x, curl_infotype type, const char *data,
             size_t size)
{
    struct capture *c = x->job->capture;

    if (type == CURLINFO_HEADER_OUT)
        capture_sent_head(c, data, size);
    else if (type == CURLINFO_DATA_OUT)
        capture_sent_body(c, data, size);
    if (x->sent.streams == STREAMS_NONE && x->job->req.body_kind == BODY_NONE &&
        capture_has_request(c))
        set_listening(x, false);
}

/* libcurl < 8.2 has no CURLINFO_CONN_ID, and tells it in messages alone:
 * "Re-using existing connection #1 with host name" and "Connected to name
 * (path) port 80 (#1)". */
static bool
lacks_number(const struct transfer *x)
{
    return x->env->opts->unix_socket &&
           curl_version_info(CURLVERSION_NOW)->version_num < 0x080200;
}

static void
note_connection(struct transfer *x, const char *text, size_t size)
{
    static const char reused[] = "Re-using existing connection #";
    static const char made[] = "Connected to ";
    const char *at = NULL, *end = text + size;
    int64_t n = 0;

    if (size > strlen(reused) && memcmp(text, reused, strlen(reused)) == 0)
        at = text + strlen(reused);
    else if (size > strlen(made) && memcmp(text, made, strlen(made)) == 0)
        for (at = end; at > text && at[-1] != '#'; at--)
            ;
    if (!at)
        return;
    for (; at < end && ascii_is_digit(*at); at++)
        n = 10 * n + (*at - '0');
    x->connection = n;
}

static int
on_debug(CURL *easy, curl_infotype type, char *data, size_t size, void *arg)
{
    struct transfer *x = arg;
    char text[MESSAGE_MAX];

    (void)easy;
    if (type == CURLINFO_TEXT && !transfer_was_sent(x) && lacks_number(x))
        note_connection(x, data, size);
    /* x->job is NULL as a handle is cleaned up. */
    if (x->job && x->job->capture) {
        capture_sent(x, type, data, size);
        if (x->sent.streams == STREAMS_NONE)
            return 0;
    }
    /* What is heard while a connection is made concerns no request. */
    if (type != CURLINFO_TEXT || !transfer_was_sent(x))
        return 0;
    size = size < sizeof(text) ? size : sizeof(text) - 1;
    memcpy(text, data, size);
    text[size] = '\0';
    note_message(x, text);
    return 0;
}

void
repeat_setup(struct transfer *x)
{
    EASY_SET(x->easy, CURLOPT_DEBUGFUNCTION, on_debug);
    EASY_SET(x->easy, CURLOPT_DEBUGDATA, x);
}

void
repeat_prepare(struct transfer *x)
{
    if (lacks_number(x))
        set_listening(x, true);
}

int64_t
repeat_connection_number(const struct transfer *x)
{
    curl_off_t number;

    /* It is in libcurl < 8.2 an unknown one. */
    return curl_easy_getinfo(x->easy, (CURLINFO)(CURLINFO_OFF_T + 64),
                             &number) == CURLE_OK
               ? number
               : x->connection;
}

void
repeat_begin(struct transfer *x, enum streams streams)
{
    x->sent = (struct sent){
        .streams = streams,
        .is_listening = x->sent.is_listening,
    };
    stream_end_forget(&x->end);
    set_listening(x, streams != STREAMS_NONE || x->job->capture);
}

/* The second request answers a digest challenge. */
static bool
is_auth_step(const struct transfer *x)
{
    return x->env->opts->auth == AUTH_DIGEST && x->first_byte_us &&
           x->status == 401;
}

bool
repeat_is_allowed(struct transfer *x)
{
    if (x->stop != STOP_NONE)
        return false;
    if (!transfer_was_sent(x) || is_auth_step(x))
        return true;
    /* If an answer (such as 417) has arrived, it counts. */
    x->stop = x->first_byte_us ? STOP_ENOUGH : STOP_REPEAT;
    return false;
}

void
repeat_note_goaway(struct transfer *y, const struct transfer *x)
{
    if (y == x || x->wire.ends == 0 || y->wire.ends != x->wire.ends ||
        !transfer_was_sent(y) ||
        strcmp(y->job->target.key, x->job->target.key) != 0)
        return;
    y->sent.has_goaway = true;
    y->sent.last = x->sent.last;
}

/* Does the code only say that the connection ended, and nothing about the
 * request? */
static bool
is_end_of_connection(CURLcode code)
{
    return code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
           code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE ||
           code == CURLE_HTTP2;
}

/*
 * Did a GOAWAY for an error end the stream?  libcurl 8.23 reports the error for
 * the stream then, and not for the connection.
 */
static bool
is_end_by_goaway(const struct transfer *x, CURLcode code)
{
    return code == CURLE_HTTP2_STREAM && x->sent.has_goaway &&
           x->sent.last == INT64_MAX && strstr(x->errbuf, "reset by curl");
}

/*
 * Did the server say that it ends the connection without a fault?  Apache, when
 * it restarts, does so on connections that it has just accepted.
 */
static bool
is_farewell(const struct sent *s)
{
    return s->has_goaway && s->last != INT64_MAX;
}

enum evidence
repeat_evidence(const struct transfer *x, CURLcode code)
{
    const struct sent *s = &x->sent;
    bool has_ended = x->stop == STOP_REPEAT ||
                     (x->stop == STOP_NONE && (is_end_of_connection(code) ||
                                               is_end_by_goaway(x, code)));

    if (!transfer_was_sent(x))
        return EVIDENCE_UNSENT;
    if (x->first_byte_us || !has_ended)
        return EVIDENCE_NONE;
    if (s->wants_http1)
        return EVIDENCE_WANTS_HTTP1;
    if (s->is_refused || x->end.is_refused ||
        (s->has_goaway && s->stream > s->last))
        return EVIDENCE_REFUSED;
    /* The stream was never opened because of an earlier GOAWAY. */
    if (s->streams == STREAMS_HTTP2 && s->stream == 0 && *x->env->hears_streams)
        return EVIDENCE_REFUSED;
    if (x->was_reused || is_farewell(s))
        return EVIDENCE_ENDED;
    return EVIDENCE_NONE;
}
