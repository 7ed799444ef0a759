/*
 * A connection is always in one state, and conn_run() moves it on until it has
 * to wait for the client or for a timer:
 *
 *   HEAD ─▶ BODY ─▶ GATE ─▶ DELAY ─▶ SEND ─▶ (GAP ─▶ SEND)... ─▶ END ─▶ HEAD or
 * gone
 *
 * It reads in every state, so that a client that leaves is noticed at once:
 * one that closes its sending side alone counts as gone.
 */
#include "conn.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <ev.h>

#include "gate.h"
#include "http.h"
#include "reply.h"
#include "route.h"
#include "stats.h"

enum {
    READ_SIZE = 64 << 10,
    SLOW_READ_SIZE = 16 << 10, /* what ?read_gap= reads at a time */
    IN_MAX = 4 << 20,          /* unread requests; more is not read */
    TURN_MAX = 256 << 10,      /* bytes sent before others get their turn */
};

enum state {
    STATE_HEAD,  /* a request's head is awaited, or the connection is idle */
    STATE_BODY,  /* its body comes in */
    STATE_GATE,  /* the answer is held back until others wait, too */
    STATE_DELAY, /* the answer is held back by the timer */
    STATE_SEND,  /* the answer goes out */
    STATE_GAP,   /* the next piece of it is held back by the timer */
    STATE_END,   /* all is sent; the timer may hold back the ending */
    STATE_HANG,  /* nothing will happen until the client leaves */
};

/* The outcome of a step. */
enum step { STEP_ON, STEP_WAIT, STEP_GONE };

struct conn {
    struct ev_loop *loop;
    ev_io io;
    ev_timer timer;
    enum state state;
    bool control;      /* counts nowhere */
    bool blocked;      /* the socket takes no more bytes now */
    bool paused;       /* reading waits for the timer */
    bool started;      /* the answer's first byte is in `out` */
    uint64_t requests; /* on this connection so far */
    size_t sent;       /* bytes of `out` that are sent */
    struct buf in, out;
    struct request request;
    struct reply reply;
    struct stats_conn stats;
    struct gate_place place;
};

static void
conn_free(struct conn *c)
{
    ev_io_stop(c->loop, &c->io);
    ev_timer_stop(c->loop, &c->timer);
    gate_leave(&c->place);
    close(c->io.fd);
    reply_fini(&c->reply);
    http_fini(&c->request);
    buf_free(&c->in);
    buf_free(&c->out);
    free(c);
}

static enum step
conn_close(struct conn *c, bool by_peer)
{
    if (!c->control)
        stats_close(&c->stats, by_peer);
    conn_free(c);
    return STEP_GONE;
}

static void
conn_arm(struct conn *c, int64_t ms)
{
    ev_now_update(c->loop);
    ev_timer_set(&c->timer, (double)ms / 1e3, 0);
    ev_timer_start(c->loop, &c->timer);
}

/* Watch what the state asks for. */
static void
conn_watch(struct conn *c)
{
    int events = (c->paused || c->in.len >= IN_MAX ? 0 : EV_READ) |
                 (c->blocked ? EV_WRITE : 0);

    if (events == (c->io.events & (EV_READ | EV_WRITE)))
        return;
    ev_io_stop(c->loop, &c->io);
    ev_io_set(&c->io, c->io.fd, events);
    ev_io_start(c->loop, &c->io);
}

static bool
is_control(const struct request *q)
{
    return q->path[0] == '/' && q->path[1] == '_';
}

/* The input is not HTTP; it may be TLS. */
static enum step
refuse_head(struct conn *c)
{
    static const char answer[] = "HTTP/1.1 400 Bad Request\r\n"
                                 "Connection: close\r\n\r\n";
    ssize_t n = send(c->io.fd, answer, sizeof(answer) - 1, MSG_NOSIGNAL);

    (void)n;
    return conn_close(c, false);
}

static enum step
read_head(struct conn *c)
{
    if (c->in.len == 0)
        return STEP_WAIT;

    long used = http_parse_head(&c->request, c->in.data, c->in.len);
    if (used < 0)
        return refuse_head(c);
    if (used == 0)
        return STEP_WAIT;
    buf_drop(&c->in, (size_t)used);
    ev_timer_stop(c->loop, &c->timer);

    if (!c->control && is_control(&c->request)) {
        stats_forget(&c->stats);
        c->control = true;
    }
    c->request.nth = ++c->requests;
    c->request.conn = c->stats.number;
    if (!c->control)
        stats_request(&c->stats, &c->request);

    if (c->request.wants_continue)
        buf_puts(&c->out, "HTTP/1.1 100 Continue\r\n\r\n");
    c->state = STATE_BODY;
    return STEP_ON;
}

/* Send what is in `out`: all of it, or as much as may be now. */
static enum step
send_out(struct conn *c)
{
    c->blocked = false;
    while (c->sent < c->out.len) {
        ssize_t n = send(c->io.fd, c->out.data + c->sent, c->out.len - c->sent,
                         MSG_NOSIGNAL);
        if (n >= 0) {
            c->sent += (size_t)n;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            c->blocked = true;
            return STEP_WAIT;
        } else if (errno != EINTR) {
            return conn_close(c, true);
        }
    }
    c->out.len = c->sent = 0;
    return STEP_ON;
}

static void
delay_answer(struct conn *c)
{
    c->state = STATE_DELAY;
    conn_arm(c, c->reply.delay_ms);
}

/* The gate has opened; the answer begins in a turn of its own. */
static void
on_gate(struct gate_place *place)
{
    delay_answer((struct conn *)((char *)place - offsetof(struct conn, place)));
}

static void
begin_answer(struct conn *c)
{
    reply_fini(&c->reply);
    reply_init(&c->reply);
    routes_answer(&c->request, &c->reply);
    c->started = false;
    c->state = STATE_SEND;
    if (c->reply.gate > 0 &&
        !gate_enter(&c->place, c->reply.gate_key, c->reply.gate, on_gate))
        c->state = STATE_GATE;
    else if (c->reply.delay_ms > 0)
        delay_answer(c);
}

static enum step
read_body(struct conn *c)
{
    size_t used;
    int done = http_parse_body(&c->request, c->in.data, c->in.len, &used);
    buf_drop(&c->in, used);

    if (c->out.len > 0) { /* 100 Continue */
        enum step step = send_out(c);
        if (step == STEP_GONE)
            return step;
    }
    if (done < 0)
        return conn_close(c, false);
    if (done > 0) {
        begin_answer(c);
        return STEP_ON;
    }

    int64_t gap_ms = http_param_int(&c->request, "read_gap", 0);
    if (gap_ms > 0) {
        c->paused = true;
        conn_arm(c, gap_ms);
    }
    return STEP_WAIT;
}

static enum step
send_answer(struct conn *c)
{
    size_t turn = 0;

    if (!c->started) {
        c->started = true;
        if (!c->control)
            stats_status(&c->stats, c->reply.status);
        reply_start(&c->reply, &c->request, &c->out);
    }
    for (;;) {
        turn += c->out.len;
        enum step step = send_out(c);
        if (step != STEP_ON)
            return step;
        if (turn > TURN_MAX && c->reply.next) {
            c->blocked = true; /* come back in the loop's next turn */
            return STEP_WAIT;
        }
        if (!reply_more(&c->reply, &c->request, &c->out)) {
            c->reply.next = NULL;
            if (c->out.len == 0)
                break;
        } else if (c->reply.gap_ms > 0 && c->state == STATE_SEND &&
                   c->reply.done != 1) {
            c->state = STATE_GAP;
            conn_arm(c, c->reply.gap_ms);
            return STEP_WAIT;
        }
    }

    c->state = STATE_END;
    if (c->reply.end_ms > 0)
        conn_arm(c, c->reply.end_ms);
    return STEP_ON;
}

static void
reset_at_close(int fd)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
}

static enum step
end_answer(struct conn *c)
{
    if (ev_is_active(&c->timer))
        return STEP_WAIT;
    switch (c->reply.ending) {
    case END_HANG:
        c->state = STATE_HANG;
        return STEP_WAIT;
    case END_RESET:
        reset_at_close(c->io.fd);
        return conn_close(c, false);
    case END_CLOSE:
        if (!c->control && c->reply.status)
            stats_done(&c->stats);
        return conn_close(c, false);
    case END_KEEP:
        break;
    }

    if (!c->control)
        stats_done(&c->stats);
    if (c->reply.idle_close_ms >= 0)
        conn_arm(c, c->reply.idle_close_ms);
    http_reset(&c->request);
    c->state = STATE_HEAD;
    return STEP_ON;
}

static void
conn_run(struct conn *c)
{
    enum step step;

    do {
        switch (c->state) {
        case STATE_HEAD:
            step = read_head(c);
            break;
        case STATE_BODY:
            step = read_body(c);
            break;
        case STATE_SEND:
            step = send_answer(c);
            break;
        case STATE_END:
            step = end_answer(c);
            break;
        default: /* held by the timer, or for good */
            step = STEP_WAIT;
        }
    } while (step == STEP_ON);
    if (step != STEP_GONE)
        conn_watch(c);
}

/* Take in what the client sent; false when the connection is gone. */
static bool
conn_read(struct conn *c)
{
    static char bytes[READ_SIZE];
    bool slow = c->state == STATE_BODY && c->request.query[0] &&
                http_param_int(&c->request, "read_gap", 0) > 0;

    ssize_t n = recv(c->io.fd, bytes, slow ? SLOW_READ_SIZE : READ_SIZE, 0);
    if (n > 0) {
        buf_add(&c->in, bytes, (size_t)n);
        return true;
    }
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    conn_close(c, true);
    return false;
}

static void
on_socket(struct ev_loop *loop, ev_io *io, int events)
{
    struct conn *c = io->data;

    (void)loop;
    if ((events & EV_READ) && !conn_read(c))
        return;
    /* While an answer is held up, what came in only waits its turn. */
    if ((events & EV_WRITE) || !c->blocked)
        conn_run(c);
}

static void
on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
    struct conn *c = timer->data;

    (void)loop;
    (void)events;
    switch (c->state) {
    case STATE_HEAD: /* idle for as long as ?idle_close= said */
        conn_close(c, false);
        return;
    case STATE_BODY:
        c->paused = false;
        conn_watch(c);
        return;
    case STATE_DELAY:
    case STATE_GAP:
        c->state = STATE_SEND;
        break;
    default:
        break;
    }
    conn_run(c);
}

void
conn_start(struct ev_loop *loop, int fd, const char *local, const char *peer,
           bool control)
{
    struct conn *c = calloc(1, sizeof(*c));
    if (!c)
        abort();

    c->loop = loop;
    c->control = control;
    c->request.path = c->request.query = "";
    ev_io_init(&c->io, on_socket, fd, EV_READ);
    ev_timer_init(&c->timer, on_timer, 0, 0);
    c->io.data = c->timer.data = c;
    ev_io_start(loop, &c->io);
    if (!control)
        stats_open(&c->stats, local, peer);
}
