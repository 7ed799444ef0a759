/* c-ares 1.34 deprecates functions whose replacements 1.18 does not have. */
#define CARES_NO_DEPRECATED
#include "dns/channel.h"

#include <arpa/nameser.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <ares.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/list.h"
#include "dns/addrs.h"
#include "dns/cares.h"
#include "dns/name_servers.h"

/* How long a question is asked over UDP at least: two seconds less than the
 * rounds take, whose length c-ares varies. */
#define PATIENCE_US (12 * US_PER_S)

/* The questions that are asked over TCP at a time; app/setup.c reserves their
 * descriptors. */
#define TCP_MAX 32
/* How long a question has while others wait for room. */
#define TCP_CROWDED_US US_PER_S

/*
 * A c-ares channel for a question over TCP, whose answer does not fit into a
 * packet.  If a TCP connection ends or brings something unreadable, c-ares
 * gives up all its questions, and it treats a server that refuses TCP as dead.
 * In a channel of its own a question harms no other.
 */
struct tcp {
    struct list_node node;   /* in the channel's list */
    struct channel *channel; /* back to the owner */
    struct cares cares;
    int64_t since_us; /* when it was opened */
    bool is_over;     /* its question is answered: free it outside of c-ares */
};

struct channel {
    struct channel_config config;
    int64_t patience_us; /* how long a question is asked over UDP at least */
    struct cares udp;    /* for all questions over UDP */
    struct list tcp;     /* of struct tcp, at most TCP_MAX */
    size_t ntcp;
    struct list waiting; /* of struct question: those that wait for room */
};

/* A question until its final answer. */
struct question {
    struct channel *channel;
    struct list_node node; /* in the channel's list of waiting ones */
    struct tcp *tcp;       /* NULL: it is asked over UDP */
    int family;
    int64_t asked_us;         /* when, by clock_now_us() */
    bool is_late, is_refused; /* as in struct channel_answer */
    channel_cb *cb;
    void *ctx;
    struct addrs *found; /* addresses of a truncated packet; NULL: none yet */
    char name[];
};

static void tend_tcp(struct channel *c);

/* ---- the channel -------------------------------------------------------- */

/* Set the user's list of servers.  Returns NULL, or what is wrong. */
static const char *
set_servers(struct channel *c, const char *list)
{
    struct buf csv = BUF_INIT;
    const char *why = name_servers_parse(&csv, list);
    int status;

    if (!why) {
        status = ares_set_servers_ports_csv(c->udp.ares, csv.data);
        why = status == ARES_SUCCESS ? NULL : ares_strerror(status);
    }
    buf_fini(&csv);
    return why;
}

static int
count_servers(const struct channel *c)
{
    struct ares_addr_port_node *servers = NULL;
    int n = 0;

    if (ares_get_servers_ports(c->udp.ares, &servers) == ARES_SUCCESS)
        for (const struct ares_addr_port_node *s = servers; s; s = s->next)
            n++;
    ares_free_data(servers);
    return n;
}

static const char *
open_udp(struct channel *c, int more_flags)
{
    const char *why = cares_open(&c->udp, true, more_flags);

    if (!why && c->config.servers)
        why = set_servers(c, c->config.servers);
    return why;
}

/*
 * Is there only one server?  Then c-ares is told to pass on what the server
 * said.  Otherwise c-ares < 1.32 reports ARES_ECONNREFUSED for SERVFAIL and
 * REFUSED alike, once it has asked all servers.
 */
static bool
hides_answers(const struct channel *c)
{
    int version;

    ares_version(&version);
    return version < 0x012000 && count_servers(c) == 1;
}

/* Returns NULL, or what is wrong. */
static const char *
open_ares(struct channel *c)
{
    /* Out of memory ends the run; c-ares's own handling is not relied on. */
    int status =
        ares_library_init_mem(ARES_LIB_INIT_ALL, xmalloc, free, xrealloc);
    const char *why;

    if (status != ARES_SUCCESS)
        return ares_strerror(status);
    why = open_udp(c, 0);
    if (why || !hides_answers(c))
        return why;
    cares_close(&c->udp);
    return open_udp(c, ARES_FLAG_NOCHECKRESP);
}

/* c-ares has worked on answers from the loop. */
static void
on_work(void *ctx)
{
    struct channel *c = ctx;

    tend_tcp(c);
    c->config.on_work(c->config.ctx);
}

struct channel *
channel_new(const struct channel_config *config, const char **why)
{
    struct channel *c = xcalloc(1, sizeof(*c));

    c->config = *config;
    list_init(&c->tcp);
    list_init(&c->waiting);
    c->udp = (struct cares){.loop = config->loop, .on_work = on_work, .ctx = c};
    *why = open_ares(c);
    if (*why) {
        channel_free(c);
        return NULL;
    }
    c->patience_us = PATIENCE_US * count_servers(c);
    return c;
}

/* ---- questions ---------------------------------------------------------- */

/* Read the addresses in a packet, following aliases.  Returns a status of
 * c-ares. */
static int
parse_packet(const struct question *q, const unsigned char *packet, int len,
             struct addrs *a)
{
    struct ares_addrttl v4[ADDRS_MAX_FAMILY];
    struct ares_addr6ttl v6[ADDRS_MAX_FAMILY];
    int n = ADDRS_MAX_FAMILY;
    int status = q->family == AF_INET
                     ? ares_parse_a_reply(packet, len, NULL, v4, &n)
                     : ares_parse_aaaa_reply(packet, len, NULL, v6, &n);

    if (status != ARES_SUCCESS)
        return status;
    for (int i = 0; i < n; i++) {
        struct addr addr = q->family == AF_INET
                               ? addr_from_bytes(AF_INET, &v4[i].ipaddr)
                               : addr_from_bytes(AF_INET6, &v6[i].ip6addr);

        addrs_add(a, &addr);
    }
    return a->n > 0 ? ARES_SUCCESS : ARES_ENODATA;
}

/* The header's TC bit (RFC 1035, 4.1.1). */
static bool
is_truncated(const unsigned char *packet, int len)
{
    return packet && len >= NS_HFIXEDSZ && packet[2] & 0x02;
}

static void
finish(struct question *q, int status, const struct addrs *a)
{
    struct channel_answer answer = {
        .ares_status = status,
        .addrs = a,
        .is_final = true,
        .is_late = q->is_late,
        .is_refused = q->is_refused,
    };

    if (q->found && status != ARES_SUCCESS && status != ARES_EDESTRUCTION) {
        answer.ares_status = ARES_SUCCESS;
        answer.addrs = q->found;
    }
    q->cb(q->ctx, &answer);
    free(q->found);
    free(q);
}

static int
type_of(int family)
{
    return family == AF_INET ? ns_t_a : ns_t_aaaa;
}

/* ---- over TCP ------------------------------------------------------------ */

static void
on_tcp_answer(void *arg, int status, int ntimeouts, unsigned char *packet,
              int len)
{
    struct question *q = arg;
    struct addrs a = {.n = 0};

    (void)ntimeouts;
    if (status == ARES_SUCCESS)
        status = parse_packet(q, packet, len, &a);
    q->tcp->is_over = true;
    /* end_slow() */
    finish(q, status == ARES_ECANCELLED ? ARES_ETIMEOUT : status, &a);
}

/* Give a channel over TCP the servers of the one over UDP. */
static int
copy_servers(struct channel *c, ares_channel to)
{
    struct ares_addr_port_node *servers = NULL;
    int status = ares_get_servers_ports(c->udp.ares, &servers);

    if (status == ARES_SUCCESS)
        status = ares_set_servers_ports(to, servers);
    ares_free_data(servers);
    return status;
}

static void
tcp_free(struct tcp *t)
{
    t->channel->ntcp--;
    list_remove(&t->node);
    cares_close(&t->cares);
    free(t);
}

static void
ask_over_tcp(struct question *q)
{
    struct channel *c = q->channel;
    struct tcp *t = xcalloc(1, sizeof(*t));

    t->channel = c;
    t->cares =
        (struct cares){.loop = c->config.loop, .on_work = on_work, .ctx = c};
    t->since_us = clock_now_us();
    list_push_tail(&c->tcp, &t->node);
    c->ntcp++;
    q->tcp = t;
    if (cares_open(&t->cares, false, 0) ||
        copy_servers(c, t->cares.ares) != ARES_SUCCESS)
        on_tcp_answer(q, ARES_ECONNREFUSED, 0, NULL, 0);
    else
        ares_query(t->cares.ares, q->name, ns_c_in, type_of(q->family),
                   on_tcp_answer, q);
}

/* While other questions wait for room, give up those that have had
 * TCP_CROWDED_US: a server may accept connections and say nothing. */
static void
end_slow(struct channel *c)
{
    int64_t now_us = clock_now_us();
    struct list_node *node = list_first(&c->tcp);

    if (c->ntcp < TCP_MAX || !list_first(&c->waiting))
        return;
    for (; node; node = list_next(&c->tcp, node)) {
        struct tcp *t = LIST_OWNER(node, struct tcp, node);

        if (!t->is_over && now_us - t->since_us >= TCP_CROWDED_US)
            ares_cancel(t->cares.ares);
    }
}

/* Free the channels whose questions are over, and ask waiting questions in
 * their place.  A question that fails at once is freed by the next call. */
static void
tend_tcp(struct channel *c)
{
    struct list_node *node, *next;

    end_slow(c);
    for (node = list_first(&c->tcp); node; node = next) {
        struct tcp *t = LIST_OWNER(node, struct tcp, node);

        next = list_next(&c->tcp, node);
        if (t->is_over)
            tcp_free(t);
    }
    node = list_first(&c->waiting);
    for (; node && c->ntcp < TCP_MAX; node = next) {
        next = list_next(&c->waiting, node);
        list_remove(node);
        ask_over_tcp(LIST_OWNER(node, struct question, node));
    }
}

/* The packet is truncated: ask again over TCP.  This is called by c-ares, so
 * tend_tcp() asks afterwards. */
static void
ask_for_all(struct question *q, const struct addrs *a)
{
    if (a->n > 0) {
        q->found = addrs_clone(a);
        q->cb(q->ctx, &(struct channel_answer){.ares_status = ARES_SUCCESS,
                                               .addrs = a});
    }
    list_push_tail(&q->channel->waiting, &q->node);
}

/* ---- over UDP ------------------------------------------------------------ */

static void ask(struct question *q);

/*
 * c-ares >= 1.32 allows a server five times the time of its latest answers, so
 * after quick ones it gives up after a second or two.  The answer for a name
 * whose own servers are slow takes longer.
 */
static bool
is_too_early(const struct question *q, int status)
{
    return status == ARES_ETIMEOUT &&
           clock_now_us() - q->asked_us < q->channel->patience_us;
}

static void
on_udp_answer(void *arg, int status, int ntimeouts, unsigned char *packet,
              int len)
{
    struct question *q = arg;
    struct addrs a = {.n = 0};

    (void)ntimeouts; /* counts only those since ask() */
    q->is_late = packet && clock_now_us() - q->asked_us >=
                               CARES_FIRST_TIMEOUT_MS * (int64_t)US_PER_MS;
    q->is_refused = status == ARES_EREFUSED;
    if (status == ARES_SUCCESS)
        status = parse_packet(q, packet, len, &a);
    if (is_too_early(q, status))
        ask(q);
    else if (is_truncated(packet, len) && status != ARES_EDESTRUCTION)
        ask_for_all(q, &a);
    else
        finish(q, status, &a);
}

static void
ask(struct question *q)
{
    ares_query(q->channel->udp.ares, q->name, ns_c_in, type_of(q->family),
               on_udp_answer, q);
}

void
channel_ask(struct channel *c, const char *name, int family, channel_cb *cb,
            void *ctx)
{
    struct question *q = xcalloc(1, sizeof(*q) + strlen(name) + 1);

    q->channel = c;
    q->family = family;
    q->cb = cb;
    q->ctx = ctx;
    q->asked_us = clock_now_us();
    memcpy(q->name, name, strlen(name) + 1);
    ask(q);
}

/* ---- the end, and time --------------------------------------------------- */

void
channel_free(struct channel *c)
{
    struct list_node *node, *next;

    if (!c)
        return;
    /* These calls run the callbacks of open questions. */
    cares_close(&c->udp);
    for (node = list_first(&c->tcp); node; node = next) {
        next = list_next(&c->tcp, node);
        tcp_free(LIST_OWNER(node, struct tcp, node));
    }
    for (node = list_first(&c->waiting); node; node = next) {
        next = list_next(&c->waiting, node);
        finish(LIST_OWNER(node, struct question, node), ARES_EDESTRUCTION,
               NULL);
    }
    ares_library_cleanup();
    free(c);
}

void
channel_tick(struct channel *c)
{
    struct list_node *node = list_first(&c->tcp);

    ares_process_fd(c->udp.ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    for (; node; node = list_next(&c->tcp, node))
        ares_process_fd(LIST_OWNER(node, struct tcp, node)->cares.ares,
                        ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    tend_tcp(c);
}
