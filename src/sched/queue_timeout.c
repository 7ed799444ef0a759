/*
 * --queue-timeout: jobs that waited too long for their turn.
 *
 * All jobs have the same limit and each queue of an origin is in order of
 * arrival, so only the heads of queues matter: a heap orders origins by the
 * time at which their oldest job expires.  The heap is not updated for every
 * job handed out, which would cost more than everything else: an origin's time
 * may be that of a job already gone, so it can be too early but never too
 * late.  It is corrected when it reaches the top.  An origin that waits for
 * its look-up is not in the heap: that time does not count.
 */
#include "sched/state.h"

/* When the origin's oldest job expires. */
static int64_t
expires_at_us(const struct sched *s, struct origin *h)
{
    return add_us(
        origin_waiting_since_us(h->queues[origin_oldest_queue(h)].head),
        s->config.queue_timeout_us);
}

void
queue_timeout_watch(struct sched *s, struct origin *h, int64_t now_us)
{
    if (s->config.queue_timeout_us == 0)
        return;
    if (h->nqueued == 0 || names_is_waiting(s, h, now_us))
        heap_remove(&s->expiring, &h->expiring);
    else
        heap_put(&s->expiring, &h->expiring, expires_at_us(s, h));
}

/* The origin whose job expires next, or NULL. */
static struct origin *
next_expiring(struct sched *s, int64_t now_us)
{
    struct heap_node *node;

    while ((node = heap_first(&s->expiring))) {
        struct origin *h = LIST_OWNER(node, struct origin, expiring);

        if (!names_is_waiting(s, h, now_us) &&
            node->at_us == expires_at_us(s, h))
            return h;
        queue_timeout_watch(s, h, now_us);
    }
    return NULL;
}

int64_t
queue_timeout_next_us(struct sched *s, int64_t now_us)
{
    const struct origin *h = next_expiring(s, now_us);

    return h ? h->expiring.at_us : INT64_MAX;
}

struct job *
queue_timeout_take(struct sched *s, int64_t now_us)
{
    struct origin *h = next_expiring(s, now_us);
    enum origin_queue q;

    if (!h || h->expiring.at_us > now_us)
        return NULL;
    q = origin_oldest_queue(h);
    return sched_withdraw(s, h, q, &h->queues[q].head, now_us);
}
