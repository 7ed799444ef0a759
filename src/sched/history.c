/*
 * What the requests that are over have shown about an origin's connections:
 * whether they take several requests at once, how many they take one after the
 * other, and whether one was closed under a POST.
 */
#include "sched/state.h"

#include "job/http.h"

/* ---- protocols ---------------------------------------------------------- */

/* HTTP/2 limited to one request per connection, or a server that speaks
 * HTTP/1.1 but reports 2, must not get more jobs than it has connections: they
 * would wait in libcurl's queue while their time-outs run. */
void
history_note_protocol(struct sched *s, struct origin *h, const char *version,
                      unsigned e)
{
    bool multiplexes = version[0] != '1' && h->may_multiplex;

    if (h->protocol != (multiplexes ? PROTOCOL_MULTIPLEX : PROTOCOL_SINGLE) ||
        (multiplexes && !origin_shares(h, e)))
        slots_learn(&s->slots, h, multiplexes, e);
}

/* ---- requests that can't be repeated ------------------------------------ */

bool
history_has_lost_post(const struct sched *s, const struct origin *h)
{
    uint64_t bit = h->peer % LOST_POST_BITS;

    return s->lost_post[bit / 8] >> bit % 8 & 1;
}

/* If the server or proxy has closed a kept connection under a POST, later POSTs
 * there get fresh ones. */
static void
note_lost_post(struct sched *s, const struct origin *h, const struct job *j)
{
    const struct result *r = &j->res;
    uint64_t bit;

    if (r->reused != 1 || r->status != 0 || r->error.phase < PHASE_SEND ||
        (r->error.class != ERR_PROTOCOL && r->error.class != ERR_CONNECT) ||
        http_is_idempotent(j->req.method))
        return;
    bit = h->peer % LOST_POST_BITS;
    s->lost_post[bit / 8] |= (uint8_t)(1 << bit % 8);
}

/* ---- connections that take so many requests ----------------------------- */

/*
 * Some servers take a certain number of requests over an HTTP/2 connection
 * (nginx: keepalive_requests), and leave out by GOAWAY all that have been sent
 * beyond.  Two connections in a row that end after as many show it, and one
 * that takes more shows that it is no longer so.
 */
static void
learn_max_requests(struct origin *h, const struct result *r)
{
    if (r->evidence != EVIDENCE_REFUSED) {
        if (r->conn_nrequests > h->conn_max_requests)
            h->conn_max_requests = 0;
        return;
    }
    if (r->conn_nrequests == 0 || r->connection == h->ended)
        return;
    h->conn_max_requests =
        r->conn_nrequests == h->ended_after ? r->conn_nrequests : 0;
    h->ended = r->connection;
    h->ended_after = r->conn_nrequests;
}

void
history_note_done(struct sched *s, struct origin *h, const struct job *j)
{
    if (j->res.http_version)
        history_note_protocol(s, h, j->res.http_version, j->engine);
    else if (j->is_protocol_probe && h->is_shared &&
             !origin_shares(h, j->engine))
        h->stays_home = true;
    else if (j->is_protocol_probe && !h->is_connected && h->nfailed < UINT8_MAX)
        h->nfailed++;
    note_lost_post(s, h, j);
    learn_max_requests(h, &j->res);
}
