#include "engine/receive_body.h"

#include <curl/curl.h>

#include "base/budgets.h"
#include "body/body.h"
#include "body/capture.h"
#include "body/decode.h"
#include "body/room.h"
#include "engine/transfer.h"
#include "job/job.h"
#include "job/options.h"

/* The most bytes that come at once: CURL_MAX_WRITE_SIZE, or a piece of
 * decode_body(). */
#define PIECE_BYTES ((size_t)16 * 1024)

/* Add decoded bytes of the body.  Returns false if the transfer must end. */
static bool
take_body(struct transfer *x, const char *data, size_t len)
{
    /* The body of a redirect that is followed is not kept. */
    switch (body_add(x->env->bodies, x->job, data, len, !x->is_redirect)) {
    case BODY_MORE:
        return true;
    case BODY_ENOUGH:
        x->stop = STOP_ENOUGH;
        break;
    case BODY_TOO_LARGE:
    case BODY_UNWRITTEN:
        x->stop = STOP_BODY;
        break;
    }
    return false;
}

/*
 * Is there room for another piece of the body?  A transfer that may share its
 * connection cannot wait, as it would block the other streams.
 */
static enum room_answer
ask_room(struct transfer *x)
{
    const struct body_env *bodies = x->env->bodies;

    return bodies->opts->body != BODY_OFF && !x->is_redirect
               ? room_ask(bodies->room, x->job, PIECE_BYTES, x->is_http1)
               : ROOM_OK;
}

bool
receive_must_wait(struct transfer *x)
{
    return ask_room(x) == ROOM_WAIT;
}

/* Is there room?  If not, hold or end the transfer. */
static bool
has_room(struct transfer *x)
{
    switch (ask_room(x)) {
    case ROOM_OK:
        return true;
    case ROOM_WAIT:
        transfer_hold(x);
        break;
    case ROOM_NONE:
        x->stop = STOP_ROOM;
        break;
    }
    return false;
}

/* The first bytes of a body arrived: set up decoding if needed. */
static void
begin_body(struct transfer *x)
{
    struct job *j = x->job;
    size_t nleft;

    x->wire.state = TRANSFER_BODY;
    if (!x->env->opts->decompress || x->is_redirect)
        return;
    if (x->codings.is_too_long) {
        x->stop = STOP_CODINGS;
        return;
    }
    nleft = decode_new(&x->codings, x->env->bodies->room, &x->decoder);
    if (nleft > 0)
        j->res.content_encoding =
            arena_strndup(job_hop_mem(j), x->codings.text.data, nleft);
}

static bool
is_bomb(const struct transfer *x)
{
    int64_t decoded = decode_most_made(x->decoder);

    return decoded > UNPACKED_FREE_BYTES &&
           decoded / UNPACKED_MAX_RATIO > x->body_bytes;
}

/*
 * Decode as much of data as this turn allows; *len is set to the rest.
 * Returns false if the transfer must end.
 */
static bool
decode_body(struct transfer *x, const char *data, size_t *len)
{
    int64_t *work = x->env->turn_work;
    char out[PIECE_BYTES];
    int n;

    while (*work > 0) {
        size_t before = *len;

        if (!has_room(x))
            return x->stop == STOP_NONE;
        n = decode_read(x->decoder, &data, len, out, sizeof(out), work);
        x->body_bytes += (int64_t)(before - *len);
        if (n < 0)
            x->stop =
                decode_lacks_room(x->decoder) ? STOP_WINDOWS : STOP_CODING;
        else if (is_bomb(x))
            x->stop = STOP_BOMB;
        if (x->stop != STOP_NONE || (n > 0 && !take_body(x, out, (size_t)n)))
            return false;
        if (n == 0 && *work > 0)
            return true;
    }
    x->wire.state = TRANSFER_PAUSED;
    return true;
}

/* Pass bytes of the body to the archive unchanged. */
static void
capture(const struct transfer *x, const char *data, size_t len)
{
    if (x->job->capture)
        capture_body(x->job->capture, data, len);
}

size_t
receive_body(char *data, size_t size, size_t n, void *arg)
{
    struct transfer *x = arg;
    size_t len = size * n, left, again;
    bool goes_on;

    x->env->on_activity(x->env->ctx, x);
    if (x->is_redirect &&
        x->body_bytes + (int64_t)len > REDIRECT_BODY_MAX_BYTES) {
        x->stop = STOP_ENOUGH;
        return CURL_WRITEFUNC_ERROR;
    }
    if (x->wire.state < TRANSFER_BODY)
        begin_body(x);
    if (!x->decoder) {
        if (x->stop == STOP_NONE && !has_room(x) &&
            x->wire.state == TRANSFER_HELD) {
            x->env->on_held(x->env->ctx, x);
            return CURL_WRITEFUNC_PAUSE;
        }
        x->body_bytes += (int64_t)len;
        capture(x, data, len);
        return x->stop == STOP_NONE && take_body(x, data, len)
                   ? len
                   : CURL_WRITEFUNC_ERROR;
    }
    /* After a pause libcurl passes the same piece again. */
    again = len < x->again_bytes ? len : x->again_bytes;
    left = len - again;
    goes_on = decode_body(x, data + again, &left);
    capture(x, data + again, len - again - left);
    if (!goes_on) {
        x->body_bytes += (int64_t)left; /* they came, too */
        return CURL_WRITEFUNC_ERROR;
    }
    x->again_bytes -= again;
    if (x->wire.state == TRANSFER_BODY)
        return len;
    x->again_bytes += len - left;
    if (x->wire.state == TRANSFER_HELD)
        x->env->on_held(x->env->ctx, x);
    else
        x->env->on_paused(x->env->ctx, x);
    return CURL_WRITEFUNC_PAUSE;
}
