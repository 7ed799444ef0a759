#include "engine/stopped.h"

#include "base/budgets.h"
#include "engine/transfer.h"
#include "engine/upload.h"
#include "job/job.h"
#include "job/options.h"

/* The head of the response made us end the transfer. */
static void
fail_head(struct transfer *x, enum phase phase)
{
    struct result *r = &x->job->res;

    switch (x->stop) {
    case STOP_HEADERS:
        result_fail(r, ERR_PROTOCOL, "header_too_large", phase, false,
                    "response headers are more than %d bytes or %d lines",
                    HEAD_MAX_BYTES, HEAD_MAX_LINES);
        break;
    case STOP_STATUS_LINE:
        result_fail(r, ERR_PROTOCOL, "bad_response", phase, true,
                    "the response does not begin with a valid status line");
        break;
    case STOP_FRAMING:
        result_fail(r, ERR_PROTOCOL, "bad_response", phase, true,
                    "Content-Length is no number or more than one, "
                    "Transfer-Encoding cannot be read, or the first header "
                    "line is folded");
        buf_fini(&r->body);
        break;
    case STOP_UNASKED:
        result_fail(r, ERR_PROTOCOL, "decode", phase, false,
                    "Transfer-Encoding has a coding that was not asked for");
        break;
    case STOP_CODINGS:
        result_fail(r, ERR_PROTOCOL, "decode", phase, false,
                    "Content-Encoding has more than %d codings", CODINGS_MAX);
        break;
    case STOP_RANGE:
        result_fail(r, ERR_PROTOCOL, "range", phase, true,
                    "HTTP %d is no answer to the Range that was asked for",
                    r->status);
        r->evidence = EVIDENCE_NO_RANGE;
        break;
    case STOP_UNCHALLENGED:
        result_fail(r, ERR_PROTOCOL, "auth", phase, true,
                    "HTTP %d where a digest's challenge was expected",
                    r->status);
        r->evidence = EVIDENCE_UNCHALLENGED;
        break;
    default:
        break;
    }
}

/* The body made us end the transfer.  An incomplete one is not passed on. */
static void
fail_body(struct transfer *x, enum phase phase)
{
    struct result *r = &x->job->res;

    if (x->stop == STOP_CODING) {
        result_fail(r, ERR_PROTOCOL, "decode", phase, false,
                    "body is not encoded as its Content-Encoding says");
        return;
    }
    if (x->stop == STOP_BOMB)
        result_fail(r, ERR_TOO_LARGE, "bomb", phase, false,
                    "body decompresses to over %d times what was received",
                    UNPACKED_MAX_RATIO);
    else if (x->stop == STOP_ROOM)
        result_fail(r, ERR_TOO_LARGE, "no_room", phase, true,
                    "bodies in flight have more than %lld MiB together",
                    (long long)(ROOM_MAX_STREAMS / MIB(1)));
    else if (x->stop == STOP_WINDOWS)
        result_fail(r, ERR_TOO_LARGE, "no_room", phase, true,
                    "decoding the bodies in flight takes too much memory");
    buf_fini(&r->body); /* of STOP_BODY, body_add() has set the error */
}

void
stopped_fill(struct transfer *x, CURLcode code, enum phase phase)
{
    struct result *r = &x->job->res;

    switch (x->stop) {
    case STOP_NONE:
    case STOP_ENOUGH:
        return;
    case STOP_ABORTED: /* the engine has set the reason */
        r->error.phase = phase;
        return;
    case STOP_HEADERS:
    case STOP_STATUS_LINE:
    case STOP_FRAMING:
    case STOP_UNASKED:
    case STOP_CODINGS:
    case STOP_RANGE:
    case STOP_UNCHALLENGED:
        fail_head(x, phase);
        break;
    case STOP_BODY:
    case STOP_CODING:
    case STOP_BOMB:
    case STOP_ROOM:
    case STOP_WINDOWS:
        fail_body(x, phase);
        break;
    case STOP_FLOOD:
        result_fail(r, ERR_PROTOCOL, "flood", phase, false,
                    "connection brought too much that concerns no request");
        break;
    case STOP_REPEAT:
        break; /* fill_evidence() says it */
    case STOP_FILE:
        upload_fail(x->upload, x->job);
        break;
    case STOP_READ_TIMEOUT:
        result_fail(r, ERR_TIMEOUT, "read", phase, true,
                    "read timeout: nothing came for %.3f s",
                    (double)x->env->opts->read_timeout_us / 1e6);
        break;
    }
    if (x->stop == STOP_CODING || x->stop == STOP_CODINGS ||
        x->stop == STOP_UNASKED)
        code = CURLE_BAD_CONTENT_ENCODING;
    r->error.curl_code = (int)code;
}
