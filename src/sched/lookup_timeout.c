/*
 * Look-ups that take longer than a job may wait: its connect time-out, or the
 * rest of its attempt.  The look-up itself continues.
 *
 * Jobs have different limits, so the head of a queue need not be the first to
 * expire.  A heap orders the origins being looked up by a time that is never
 * too late: first that of the shortest limit seen since the origin's queue was
 * empty.  At that time all its jobs are checked.
 */
#include "sched/state.h"

/* How long a job may wait for its look-up. */
static int64_t
lookup_limit_us(const struct job *j)
{
    int64_t connect_us = j->first.connect_timeout_us;
    int64_t left_us = j->first.timeout_us - job_spent_us(j);

    if (connect_us <= 0)
        connect_us = INT64_MAX;
    if (j->first.timeout_us <= 0)
        left_us = INT64_MAX;
    else if (left_us < 0) /* earlier hops took all of it, and more */
        left_us = 0;
    return left_us < connect_us ? left_us : connect_us;
}

static int64_t
due_at_us(const struct origin *h, const struct job *j)
{
    int64_t since_us = origin_looking_since_us(h);

    if (j->queued_at_us > since_us)
        since_us = j->queued_at_us;
    return add_us(since_us, lookup_limit_us(j));
}

void
lookup_timeout_add(struct sched *s, struct origin *h, const struct job *j)
{
    int64_t us = lookup_limit_us(j);

    if (us < h->lookup_limit_us)
        h->lookup_limit_us = us;
    if (h->is_looking && us != INT64_MAX &&
        (!heap_has(&h->overdue) || due_at_us(h, j) < h->overdue.at_us))
        heap_put(&s->overdue, &h->overdue, due_at_us(h, j));
}

void
lookup_timeout_watch(struct sched *s, struct origin *h)
{
    if (h->is_looking && h->nqueued > 0 && h->lookup_limit_us != INT64_MAX)
        heap_put(&s->overdue, &h->overdue,
                 add_us(origin_looking_since_us(h), h->lookup_limit_us));
    else
        heap_remove(&s->overdue, &h->overdue);
}

int64_t
lookup_timeout_next_us(const struct sched *s)
{
    const struct heap_node *node = heap_first(&s->overdue);

    return node ? node->at_us : INT64_MAX;
}

/* The link to a job that has waited too long, in queue *q; or NULL, and the
 * time at which the next one will have. */
static struct job **
find_overdue(struct origin *h, int64_t now_us, enum origin_queue *q,
             int64_t *next_us)
{
    *next_us = INT64_MAX;
    for (int i = 0; i < NQUEUES; i++) {
        struct job **at = &h->queues[i].head;

        for (; *at; at = &(*at)->link) {
            int64_t due_us = due_at_us(h, *at);

            *q = (enum origin_queue)i;
            if (due_us <= now_us)
                return at;
            if (due_us < *next_us)
                *next_us = due_us;
        }
    }
    return NULL;
}

struct job *
lookup_timeout_take(struct sched *s, int64_t now_us)
{
    while (lookup_timeout_next_us(s) <= now_us) {
        struct origin *h =
            LIST_OWNER(heap_first(&s->overdue), struct origin, overdue);
        enum origin_queue q;
        int64_t next_us;
        struct job **at = find_overdue(h, now_us, &q, &next_us);

        if (at)
            return sched_withdraw(s, h, q, at, now_us);
        if (next_us == INT64_MAX)
            heap_remove(&s->overdue, &h->overdue);
        else
            heap_put(&s->overdue, &h->overdue, next_us);
    }
    return NULL;
}
