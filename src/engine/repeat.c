#include "engine/repeat.h"

#include <string.h>

#include "base/ascii.h"
#include "body/capture.h"
#include "engine/easy.h"
#include "engine/folded.h"
#include "engine/transfer.h"
#include "job/job.h"
#include "job/options.h"

static void
set_listening(struct transfer *x, bool is_listening)
{
    if (x->sent.is_listening != is_listening)
        EASY_SET(x->easy, CURLOPT_VERBOSE, is_listening ? 1L : 0L);
    x->sent.is_listening = is_listening;
}

/*
 * Pass bytes of a request, except a CONNECT, to the archive as they are sent.
 * If all were sent, stop listening: libcurl's messages take a fifth of its
 * time.
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
    if (x->job->req.body_kind == BODY_NONE && capture_has_request(c))
        set_listening(x, false);
}

/* CURLINFO_CONN_ID, which libcurl has since 8.2. */
#define CONNECTION_NUMBER ((CURLINFO)(CURLINFO_OFF_T + 64))

/* Earlier versions tell the number in messages alone: "Re-using existing
 * connection #1 with host name", "Connected to name (path) port 80 (#1)". */
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

    (void)easy;
    if (type == CURLINFO_HEADER_IN)
        folded_look(x, data, size);
    if (type == CURLINFO_TEXT && x->env->lacks_number && !transfer_was_sent(x))
        note_connection(x, data, size);
    /* x->job is NULL as a handle is cleaned up. */
    if (x->job && x->job->capture)
        capture_sent(x, type, data, size);
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
    if (x->env->lacks_number)
        set_listening(x, true);
}

int64_t
repeat_connection_number(const struct transfer *x)
{
    return x->env->lacks_number ? x->connection
                                : easy_number(x->easy, CONNECTION_NUMBER);
}

void
repeat_begin(struct transfer *x, enum streams streams)
{
    x->sent = (struct sent){
        .streams = streams,
        .is_listening = x->sent.is_listening,
    };
    if (streams == STREAMS_NONE)
        stream_end_forget(&x->end);
    else
        stream_end_expect(&x->end, x->easy, x->env->must_check);
    set_listening(x, x->job->capture);
}

/*
 * May this second request be sent, since it answers a digest's challenge? There
 * is no third one: a server that calls each nonce stale (RFC 7616, 3.5) would
 * get requests without end.
 */
static bool
is_auth_step(const struct transfer *x)
{
    return x->env->opts->auth == AUTH_DIGEST && !x->was_challenged &&
           x->first_byte_us && x->status == 401;
}

bool
repeat_is_allowed(struct transfer *x)
{
    if (x->stop != STOP_NONE)
        return false;
    if (!transfer_was_sent(x) || is_auth_step(x))
        return true;
    /* An answer (such as 417) counts if it has arrived whole.  If its stream
     * was refused before its end, outcome.c makes it an error. */
    x->stop = x->first_byte_us && !stream_end_is_truncated(&x->end)
                  ? STOP_ENOUGH
                  : STOP_REPEAT;
    return false;
}

void
repeat_check_stream(struct transfer *x)
{
    if (x->stop != STOP_NONE)
        return;
    if (x->end.is_flooded)
        x->stop = STOP_FLOOD;
    else if (!x->first_byte_us && (x->end.is_refused || x->end.wants_http1))
        x->stop = STOP_REPEAT;
}

bool
repeat_is_connection_end(CURLcode code)
{
    return code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR ||
           code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE ||
           code == CURLE_HTTP2;
}

/* Has libcurl passed on an answer that has come whole? */
static bool
has_whole_answer(const struct transfer *x)
{
    return x->wire.state >= TRANSFER_HEADED && x->status >= 200 &&
           x->end.is_complete && x->end.body_bytes == x->body_bytes;
}

enum early
repeat_early_answer(const struct transfer *x)
{
    bool is_accepted = x->status >= 200 && x->status < 300;

    if (!x->end.is_early || is_accepted || x->stop != STOP_NONE)
        return EARLY_NONE;
    return has_whole_answer(x) ? EARLY_WHOLE : EARLY_COMES;
}

CURLcode
repeat_corrected_code(const struct transfer *x, CURLcode code)
{
    bool has_ended =
        repeat_is_connection_end(code) || code == CURLE_HTTP2_STREAM;

    if (code == CURLE_HTTP3 && x->end.lost_connection)
        return CURLE_RECV_ERROR;
    return x->stop == STOP_NONE && has_ended && has_whole_answer(x) ? CURLE_OK
                                                                    : code;
}

/*
 * Did a GOAWAY for an error end the stream?  libcurl 8.23 reports the error for
 * the stream then, and not for the connection.
 */
static bool
is_end_by_goaway(const struct transfer *x, CURLcode code)
{
    return code == CURLE_HTTP2_STREAM && x->end.goaway == GOAWAY_ERROR &&
           strstr(x->errbuf, "reset by curl");
}

enum evidence
repeat_evidence(const struct transfer *x, CURLcode code)
{
    const struct stream_end *end = &x->end;
    bool has_ended =
        x->stop == STOP_REPEAT ||
        (x->stop == STOP_NONE && (repeat_is_connection_end(code) ||
                                  end->is_broken || is_end_by_goaway(x, code)));

    if (!transfer_was_sent(x))
        return EVIDENCE_UNSENT;
    if (x->first_byte_us || !has_ended)
        return EVIDENCE_NONE;
    if (end->wants_http1)
        return EVIDENCE_WANTS_HTTP1;
    if (end->is_refused)
        return EVIDENCE_REFUSED;
    /* The stream was never opened because of an earlier GOAWAY. */
    if (x->sent.streams == STREAMS_HTTP2 && !end->session &&
        stream_end_is_seen())
        return EVIDENCE_REFUSED;
    /* GOAWAY_FAREWELL also comes on new connections: from Apache, when it
     * restarts, on those that it has just accepted. */
    if (x->was_reused || end->goaway == GOAWAY_FAREWELL)
        return EVIDENCE_ENDED;
    return EVIDENCE_NONE;
}
