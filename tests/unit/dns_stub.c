#include "dns_stub.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <ev.h>

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HEADER_BYTES 12
#define TYPE_A       1
#define TYPE_AAAA    28

#define NOERROR  0
#define SERVFAIL 2
#define NXDOMAIN 3

struct query {
    struct sockaddr_in from;
    unsigned char packet[512];
    size_t len; /* of the header and the question */
    int type;
    char name[256]; /* with dots */
    struct query *next;
};

struct dns_stub {
    struct ev_loop *loop;
    ev_io io;
    char addr[32];
    size_t na, naaaa;
    size_t nlost[2]; /* of "lost" names, A and AAAA */
    char last_name[256];
    struct query *held;
};

/* The question's name and type; false where the packet is none of ours. */
static bool
parse_question(struct query *q)
{
    const unsigned char *p = q->packet + HEADER_BYTES;
    const unsigned char *end = q->packet + q->len;
    size_t n = 0;

    while (p < end && *p != 0) {
        size_t label = *p++;

        if (label > 63 || p + label >= end || n + label + 2 > sizeof(q->name))
            return false;
        if (n > 0)
            q->name[n++] = '.';
        memcpy(q->name + n, p, label);
        n += label;
        p += label;
    }
    if (p + 5 > end)
        return false;
    q->name[n] = '\0';
    q->type = p[1] << 8 | p[2];
    q->len = (size_t)(p + 5 - q->packet);
    return q->type == TYPE_A || q->type == TYPE_AAAA;
}

static bool
is_called(const struct query *q, const char *start)
{
    return strncmp(q->name, start, strlen(start)) == 0;
}

/* The nth address of the family: 192.0.2.n or 2001:db8::n. */
static void
add_answer(struct buf *out, int type, unsigned n)
{
    static const unsigned char a[] = {
        0xc0, HEADER_BYTES, 0, TYPE_A, 0, 1, 0, 0, 0, 9, 0, 4, 192, 0, 2};
    static const unsigned char aaaa[] = {
        0xc0, HEADER_BYTES, 0, TYPE_AAAA, 0, 1, 0, 0, 0, 9, 0, 16, 0x20, 0x01,
        0x0d, 0xb8,         0, 0,         0, 0, 0, 0, 0, 0, 0, 0,  0};

    if (type == TYPE_A)
        buf_add(out, a, sizeof(a));
    else
        buf_add(out, aaaa, sizeof(aaaa));
    buf_addc(out, (char)n);
}

static void
answer(struct dns_stub *s, const struct query *q)
{
    struct buf out = BUF_INIT;
    unsigned nanswers = 2, rcode = NOERROR;

    if (is_called(q, "nx") || is_called(q, "fail")) {
        rcode = is_called(q, "nx") ? NXDOMAIN : SERVFAIL;
        nanswers = 0;
    } else if (is_called(q, q->type == TYPE_A ? "v6" : "v4")) {
        nanswers = 0;
    } else if (is_called(q, "twice")) {
        nanswers = 4;
    }
    buf_add(&out, q->packet, q->len);
    out.data[2] = (char)0x81; /* an answer, recursion was asked for */
    out.data[3] = (char)(0x80 | rcode);
    out.data[7] = (char)nanswers;
    memset(out.data + 8, 0, 4);
    for (unsigned i = 0; i < nanswers; i++)
        add_answer(&out, q->type, 1 + i % 2);
    if (sendto(s->io.fd, out.data, out.len, 0,
               (const struct sockaddr *)&q->from, sizeof(q->from)) == -1)
        assert(errno == ECONNREFUSED); /* it is gone */
    buf_fini(&out);
}

static void
take_query(struct dns_stub *s, struct query *q)
{
    struct query *held;

    if (!parse_question(q))
        return;
    s->na += q->type == TYPE_A;
    s->naaaa += q->type == TYPE_AAAA;
    memcpy(s->last_name, q->name, sizeof(s->last_name));
    if (is_called(q, "mute"))
        return;
    if (is_called(q, "lost") && s->nlost[q->type == TYPE_AAAA]++ == 0)
        return;
    if (!is_called(q, "held")) {
        answer(s, q);
        return;
    }
    held = xcalloc(1, sizeof(*held));
    *held = *q;
    held->next = s->held;
    s->held = held;
}

static void
on_packet(struct ev_loop *loop, ev_io *io, int revents)
{
    struct query q = {.len = 0};
    socklen_t from_len = sizeof(q.from);
    ssize_t n;

    (void)loop;
    (void)revents;
    while ((n = recvfrom(io->fd, q.packet, sizeof(q.packet), MSG_DONTWAIT,
                         (struct sockaddr *)&q.from, &from_len)) > 0) {
        q.len = (size_t)n;
        if (q.len > HEADER_BYTES)
            take_query(io->data, &q);
        from_len = sizeof(q.from);
    }
}

struct dns_stub *
dns_stub_new(struct ev_loop *loop)
{
    struct dns_stub *s = xcalloc(1, sizeof(*s));
    struct sockaddr_in sa = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(sa);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd == -1 || bind(fd, (struct sockaddr *)&sa, sizeof(sa)) == -1 ||
        getsockname(fd, (struct sockaddr *)&sa, &len) == -1)
        abort();
    snprintf(s->addr, sizeof(s->addr), "127.0.0.1:%d", ntohs(sa.sin_port));
    s->loop = loop;
    ev_io_init(&s->io, on_packet, fd, EV_READ);
    s->io.data = s;
    ev_io_start(loop, &s->io);
    return s;
}

void
dns_stub_free(struct dns_stub *s)
{
    struct query *q;

    if (!s)
        return;
    while ((q = s->held)) {
        s->held = q->next;
        free(q);
    }
    ev_io_stop(s->loop, &s->io);
    close(s->io.fd);
    free(s);
}

void
dns_stub_set_deaf(struct dns_stub *s)
{
    ev_io_stop(s->loop, &s->io);
}

const char *
dns_stub_addr(const struct dns_stub *s)
{
    return s->addr;
}

size_t
dns_stub_na(const struct dns_stub *s)
{
    return s->na;
}

size_t
dns_stub_naaaa(const struct dns_stub *s)
{
    return s->naaaa;
}

const char *
dns_stub_last_name(const struct dns_stub *s)
{
    return s->last_name;
}

void
dns_stub_release(struct dns_stub *s)
{
    struct query *q;

    while ((q = s->held)) {
        s->held = q->next;
        answer(s, q);
        free(q);
    }
}
