#include "output/trace.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json_writer.h"
#include "base/redact.h"
#include "job/job.h"
#include "job/options.h"
#include "output/sink.h"

/* Lines are written when this many bytes are pending, and at the end of a turn.
 * */
#define BATCH_BYTES ((size_t)64 * 1024)

/* While more lines than this wait for a slow reader, events are left out. */
#define PENDING_MAX_BYTES ((size_t)4 * 1024 * 1024)

/* How long the reader may take nothing at the end. */
#define LAST_LINES_MS 500

struct trace {
    const struct opts *opts;
    struct sink *sink;
    int64_t began_us;
    struct buf line;    /* the one being written */
    uint64_t nleft_out; /* events left out because of a slow reader */
    bool is_broken;     /* a write failed, which was reported */
};

struct trace *
trace_new(const struct opts *opts, int64_t now_us)
{
    struct trace *t;
    struct sink *sink = sink_new(opts->trace);

    if (!sink)
        return NULL;
    if (sink_is_file(sink) && ftruncate(sink_fd(sink), 0) != 0) {
        diag_error("cannot empty '%s': %s", opts->trace, strerror(errno));
        sink_free(sink);
        return NULL;
    }
    t = xcalloc(1, sizeof(*t));
    t->opts = opts;
    t->sink = sink;
    t->began_us = now_us;
    return t;
}

void
trace_free(struct trace *t)
{
    if (!t)
        return;
    sink_free(t->sink);
    buf_fini(&t->line);
    free(t);
}

/* ---------------------------------------------------------------- lines */

/* A line's beginning. */
static struct buf *
begin(struct trace *t, const struct job *j, int64_t at_us, const char *event)
{
    struct buf *out = &t->line;

    buf_clear(out);
    JSONW_LITERAL(out, "{\"t\":");
    jsonw_seconds(out, at_us > t->began_us ? at_us - t->began_us : 0);
    JSONW_LITERAL(out, ",\"index\":");
    jsonw_uint(out, j->index);
    JSONW_LITERAL(out, ",\"event\":");
    jsonw_string(out, event);
    return out;
}

static void
end(struct trace *t)
{
    JSONW_LITERAL(&t->line, "}\n");
    if (sink_pending(t->sink) + t->line.len > PENDING_MAX_BYTES) {
        t->nleft_out++;
        return;
    }
    sink_put(t->sink, t->line.data, t->line.len);
    if (sink_pending(t->sink) >= BATCH_BYTES)
        trace_flush(t);
}

/* A key with its comma. */
static void
put_key(struct buf *out, const char *key)
{
    buf_printf(out, ",\"%s\":", key);
}

static void
put_string(struct buf *out, const char *key, const char *s)
{
    put_key(out, key);
    jsonw_string(out, s);
}

static void
put_seconds(struct buf *out, const char *key, int64_t us)
{
    put_key(out, key);
    jsonw_seconds(out, us);
}

static void
put_url(const struct trace *t, struct buf *out, const char *url)
{
    struct buf redacted = BUF_INIT;

    put_key(out, "url");
    if (t->opts->show_secrets) {
        jsonw_string(out, url);
        return;
    }
    redact_url(&redacted, url, strlen(url));
    jsonw_string_n(out, redacted.data, redacted.len);
    buf_fini(&redacted);
}

static void
put_addresses(struct buf *out, struct addr_list addrs)
{
    struct buf text = BUF_INIT;

    addr_list_write(&text, addrs);
    buf_addc(&text, '\0');
    put_string(out, "addresses", text.data);
    buf_fini(&text);
}

static void
put_status(struct buf *out, const struct result *r)
{
    put_key(out, "status_code");
    if (result_status(r))
        jsonw_int(out, result_status(r));
    else
        JSONW_LITERAL(out, "null");
}

/* ---------------------------------------------------------------- events */

void
trace_queued(struct trace *t, const struct job *j, int64_t now_us)
{
    struct buf *out = begin(t, j, now_us, "queued");

    put_url(t, out, j->target.url);
    end(t);
}

void
trace_started(struct trace *t, struct job *j, int64_t now_us)
{
    struct buf *out;

    j->handed_us = now_us;
    if (j->dns_us >= 0) {
        out = begin(t, j, now_us, "resolved");
        put_seconds(out, "waited", j->dns_us);
        put_addresses(out, j->addrs);
        end(t);
    }
    out = begin(t, j, now_us, "started");
    put_string(out, "method", j->req.method);
    put_url(t, out, j->target.url);
    put_key(out, "engine");
    jsonw_uint(out, j->engine);
    put_key(out, "attempt");
    jsonw_uint(out, (uint64_t)j->res.attempts + 1);
    put_seconds(out, "time_queue", j->queue_us);
    end(t);
}

/* A phase that did not happen took no time. */
static int64_t
us_or_zero(int64_t us)
{
    return us > 0 ? us : 0;
}

/* A kept connection has no time of TLS.  The URL may be lost if it is long. */
static bool
is_over_tls(const struct result *r)
{
    return r->timing.tls >= 0 ||
           (r->url_effective && strncmp(r->url_effective, "https:", 6) == 0);
}

void
trace_hop(struct trace *t, const struct job *j)
{
    const struct result *r = &j->res;
    const struct timing *s = &r->timing;
    int64_t at = j->handed_us;
    struct buf *out;

    if (!r->has_timing)
        return;
    /* The hop waited for the name before it was started. */
    at += us_or_zero(s->dns) - us_or_zero(j->dns_us) > 0
              ? us_or_zero(s->dns) - us_or_zero(j->dns_us)
              : 0;
    at += us_or_zero(s->connect) + us_or_zero(s->tls);
    if (s->send < 0)
        return;
    out = begin(t, j, at, "connected");
    put_string(out, "remote_ip", r->remote_ip[0] ? r->remote_ip : NULL);
    put_key(out, "reused");
    jsonw_bool(out, r->reused > 0);
    put_key(out, "tls");
    jsonw_bool(out, is_over_tls(r));
    end(t);
    at += s->send;
    if (s->wait < 0)
        return;
    (void)begin(t, j, at, "sent");
    end(t);
    if (s->receive < 0)
        return;
    out = begin(t, j, at + s->wait, "first_byte");
    put_status(out, r);
    put_string(out, "http_version", r->http_version);
    end(t);
}

void
trace_paused(struct trace *t, const struct job *j, int64_t wait_us,
             int64_t now_us)
{
    struct buf *out = begin(t, j, now_us, wait_us > 0 ? "paused" : "throttled");

    put_status(out, &j->res);
    if (wait_us > 0)
        put_seconds(out, "wait", wait_us);
    end(t);
}

static void
put_error(struct buf *out, const struct result *r)
{
    put_string(out, "error_class",
               r->error.class == ERR_NONE ? NULL
                                          : result_class_name(r->error.class));
    put_string(out, "error_code",
               r->error.class == ERR_NONE ? NULL : r->error.code);
}

void
trace_next(struct trace *t, const struct job *j, int64_t now_us)
{
    struct buf *out;

    if (j->next == JOB_HOP) {
        out = begin(t, j, now_us, "redirected");
        put_status(out, &j->res);
        put_url(t, out, j->target.url);
    } else {
        out =
            begin(t, j, now_us, j->next == JOB_RETRY ? "retried" : "repeated");
        put_status(out, &j->res);
        put_error(out, &j->res);
        put_seconds(out, "wait", j->due_us > now_us ? j->due_us - now_us : 0);
    }
    end(t);
}

void
trace_done(struct trace *t, const struct job *j, int64_t now_us)
{
    const struct result *r = &j->res;
    struct buf *out = begin(t, j, now_us, "done");

    put_key(out, "ok");
    jsonw_bool(out, r->error.class == ERR_NONE);
    put_status(out, r);
    put_error(out, r);
    put_key(out, "attempts");
    jsonw_uint(out, r->attempts);
    put_key(out, "size_body");
    jsonw_int(out, r->size_body);
    end(t);
}

/* --------------------------------------------------------------- writing */

static enum sink_status
flush(struct trace *t)
{
    enum sink_status status = sink_flush(t->sink);

    if (status == SINK_CLOSED && !t->is_broken)
        diag_error("cannot write to '%s': its reader is gone", t->opts->trace);
    t->is_broken |= status == SINK_CLOSED || status == SINK_FAILED;
    return status;
}

void
trace_flush(struct trace *t)
{
    (void)flush(t);
}

int
trace_end(struct trace *t)
{
    if (!t)
        return 0;
    while (flush(t) == SINK_WAIT) {
        struct pollfd p = {.fd = sink_fd(t->sink), .events = POLLOUT};

        if (poll(&p, 1, LAST_LINES_MS) == 0) {
            diag_error("cannot write to '%s': its reader does not read",
                       t->opts->trace);
            t->is_broken = true;
            break;
        }
    }
    if (t->nleft_out > 0) {
        diag_error("%" PRIu64
                   " events are not in '%s': its reader was too slow",
                   t->nleft_out, t->opts->trace);
        t->is_broken = true;
    }
    if (!t->is_broken && sink_close(t->sink) != SINK_OK)
        t->is_broken = true;
    return t->is_broken ? -1 : 0;
}
