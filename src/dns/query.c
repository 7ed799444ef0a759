/*
 * Both families are asked for at the same time, with two questions.  Once one
 * family has an address, the other has 50 ms left (RFC 8305, 3): libcurl gets
 * all addresses at once, so a later one would be useless.  A question
 * without an answer by then stays with c-ares and holds a reference.
 *
 * c-ares calls us back in the middle of its work and must not be called then.
 * So on_answer() only records the answer.
 */
#include "dns/state.h"

#include <ares.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "dns/addrs.h"
#include "dns/channel.h"
#include "dns/search.h"

/*
 * The socket buffer of a server is usually 208 KiB, and each packet counts as
 * at least 768 bytes. dnsmasq allows 150 open questions.  Measured with 20,000
 * names and a dnsmasq: with 512 packets at once 800 of 40,000 are lost, each
 * at a cost of two seconds; with 200 a few, with 128 none.
 */
#define MAX_YOUNG_PACKETS 128
#define YOUNG_US          (250 * US_PER_MS)

/*
 * Names that are never answered hold up all others: with 64 at a time, each for
 * a quarter of a second, 10,000 of them would take 39 seconds.  So the more
 * names were silent lately, the shorter a name is young: down to 16 ms.  Four
 * names that are answered in time make up for one silent name.  An answer to a
 * repeated question, or a refusal, resets the count, since silence then means
 * that packets were lost or are too many for the server.
 */
#define SILENT_US    US_PER_S
#define SILENT_PARTS 4
#define MAX_SILENT   15 /* times the young names at once */
#define AGE_EVERY_US (50 * US_PER_MS)

/*
 * A server may refuse questions because too many are open: dnsmasq allows 150,
 * and a question that its own server does not answer is open for ten seconds.
 * So a name that is refused while CROWD questions are open is asked for again,
 * up to AGAIN_MOST times, and only half as many names are asked for at once,
 * plus one for each GROW_EVERY answers.  SERVFAIL is no refusal: many zones of
 * a long list are broken.
 */
#define CROWD       32
#define AGAIN_MOST  4
#define AGAIN_US    (4 * US_PER_S)
#define YOUNG_LEAST 4
#define GROW_EVERY  8

/* RFC 8305, 3: the "Resolution Delay". */
#define HALF_US (50 * US_PER_MS)

/* c-ares 1.18 tries 16-bit ids until it finds a free one, so stay well below
 * 65,536. */
#define MAX_QUESTIONS 32768

static enum resolver_status
status_of(int ares_status)
{
    switch (ares_status) {
    case ARES_SUCCESS:
        return RESOLVER_OK;
    case ARES_ENOTFOUND:
    case ARES_ENODATA:
    case ARES_EBADNAME:
        return RESOLVER_NOT_FOUND;
    case ARES_ENOMEM:
        alloc_failed();
    default:
        return RESOLVER_FAILED;
    }
}

static const char *
message_of(int ares_status)
{
    /* c-ares 1.18 also returns this for servers that answered SERVFAIL or
     * REFUSED, where "Could not contact DNS servers" would mislead. */
    if (ares_status == ARES_ECONNREFUSED)
        return "The DNS servers failed, refused or cannot be reached";
    return ares_strerror(ares_status);
}

/* The most names at once. */
static size_t
most_young(const struct resolver *r)
{
    return MAX_YOUNG_PACKETS / r->families.n;
}

/* ---- the answer -------------------------------------------------------- */

/* Collect all addresses found, the preferred family first. */
static void
name_gather(const struct name *n, struct addrs *a)
{
    const struct resolver *r = n->resolver;

    for (size_t i = 0; i < r->families.n; i++) {
        const struct addrs *found = n->questions[i].found;

        for (size_t k = 0; found && k < found->n; k++)
            addrs_add(a, &found->v[k]);
    }
}

/* Why no address was found.  A server's failure comes first: it does not prove
 * that there is none. */
static int
name_failure(const struct name *n)
{
    int status = n->has_nodata ? ARES_ENODATA : ARES_ENOTFOUND;

    for (size_t i = 0; i < n->resolver->families.n; i++)
        if (status_of(n->questions[i].ares_status) == RESOLVER_FAILED)
            return n->questions[i].ares_status;
    return status;
}

static void
name_set_answer(struct name *n)
{
    struct addrs a = {.n = 0};
    int status;

    name_gather(n, &a);
    name_forget_found(n);
    status = a.n > 0 ? ARES_SUCCESS : name_failure(n);
    n->answer = (struct resolver_answer){
        .status = status_of(status),
        .addrs = addr_list_copy(addrs_list(&a)),
        .resolved_at_us = clock_now_us(),
    };
    if (a.n == 0)
        n->answer.message = message_of(status);
    name_set_state(n, NAME_DONE);
}

/*
 * All questions are answered, without an address: continue with the next
 * domain, if any.  Not after a server failed, since the name may exist there.
 */
static bool
name_try_next(struct name *n)
{
    char text[MAX_NAME + 1];
    const struct resolver *r = n->resolver;

    for (size_t i = 0; i < r->families.n; i++)
        n->has_nodata |= n->questions[i].ares_status == ARES_ENODATA;
    if (status_of(name_failure(n)) != RESOLVER_NOT_FOUND ||
        !search_name(r->search, n->text, n->domain + 1, text, sizeof(text)))
        return false;
    n->domain++;
    name_set_state(n, NAME_QUEUED);
    return true;
}

/* May the servers have too many questions?  False while they have answered
 * none: then they refuse all, or cannot be reached. */
static bool
is_crowded(const struct resolver *r)
{
    return (r->has_answered && r->nquestions >= CROWD) ||
           r->counts[NAME_OLD] + r->counts[NAME_SILENT] >= CROWD / 2;
}

/* Ask for half as many names at once.  All young names may fail for the same
 * reason, so this is done once for them. */
static void
ask_fewer(struct resolver *r, int64_t now_us)
{
    if (now_us - r->fewer_since_us < YOUNG_US)
        return;
    r->fewer_since_us = now_us;
    r->max_young /= 2;
    if (r->max_young < YOUNG_LEAST)
        r->max_young = YOUNG_LEAST;
}

static void
note_success(struct resolver *r)
{
    r->has_answered = true;
    if (r->max_young < most_young(r) && ++r->nanswered >= GROW_EVERY) {
        r->nanswered = 0;
        r->max_young++;
    }
}

/* All questions are answered, without an address.  If one was refused, perhaps
 * only because too many were open, ask again later.  Returns whether it does.
 */
static bool
name_try_again(struct name *n)
{
    struct resolver *r = n->resolver;
    bool is_refused = false;

    for (size_t k = 0; k < r->families.n; k++)
        is_refused |= n->questions[k].is_refused;
    if (!is_refused || !is_crowded(r) || n->nagain == AGAIN_MOST)
        return false;
    n->nagain++;
    n->asked_at_us = clock_now_us();
    name_set_state(n, NAME_AGAIN);
    ask_fewer(r, n->asked_at_us);
    return true;
}

static bool
name_is_waiting(const struct name *n)
{
    return n->state == NAME_YOUNG || n->state == NAME_OLD ||
           n->state == NAME_SILENT || n->state == NAME_HALF;
}

/* A question was answered, or is being asked again over TCP. */
static void
name_judge(struct name *n)
{
    const struct resolver *r = n->resolver;
    bool is_asked = false, has_found = false;

    for (size_t i = 0; i < r->families.n; i++) {
        is_asked |= n->questions[i].is_asked;
        has_found |= n->questions[i].found != NULL;
    }
    if (!is_asked) {
        if (n->state != NAME_SILENT && n->resolver->silence > 0)
            n->resolver->silence--;
        if (has_found || (!name_try_again(n) && !name_try_next(n)))
            name_set_answer(n);
    } else if (has_found && n->state != NAME_HALF) {
        n->half_at_us = clock_now_us();
        name_set_state(n, NAME_HALF);
    }
}

/* c-ares has an answer, but may be in the middle of its work. */
static void
on_answer(void *ctx, const struct channel_answer *answer)
{
    struct question *q = ctx;
    struct name *n = q->name;

    if (name_is_waiting(n) && answer->ares_status == ARES_SUCCESS) {
        free(q->found);
        q->found = addrs_clone(answer->addrs);
    }
    if (answer->is_final) {
        q->is_asked = false;
        q->ares_status = answer->ares_status;
        q->is_refused = answer->is_refused;
        n->resolver->nquestions--;
    }
    if (answer->is_late || answer->is_refused)
        n->resolver->silence = 0;
    else if (answer->ares_status == ARES_SUCCESS)
        note_success(n->resolver);
    if (name_is_waiting(n) && answer->ares_status != ARES_EDESTRUCTION)
        name_judge(n);
    if (answer->is_final)
        name_drop(n);
}

/* ---- the questions ----------------------------------------------------- */

static void
question_ask(struct question *q, struct name *n, const char *text, int family)
{
    struct resolver *r = n->resolver;

    q->name = n;
    q->is_asked = true;
    n->nrefs++;
    r->nquestions++;
    channel_ask(r->channel, text, family, on_answer, q);
}

static void
name_ask(struct name *n)
{
    struct resolver *r = n->resolver;
    char text[MAX_NAME + 1];

    n->asked_at_us = clock_now_us();
    name_set_state(n, NAME_YOUNG);
    search_name(r->search, n->text, n->domain, text, sizeof(text));
    errno = 0;
    n->questions[r->families.n - 1].is_asked =
        true; /* while the first one is asked */
    for (size_t i = 0; i < r->families.n; i++)
        question_ask(&n->questions[i], n, text, r->families.list[i]);
    /* If no packet could be sent, errno says more than c-ares. */
    if (n->state == NAME_DONE && n->answer.status == RESOLVER_FAILED &&
        errno != 0)
        n->answer.message = strerror(errno);
}

void
query_init(struct resolver *r)
{
    r->max_young = most_young(r);
}

bool
query_has_room(const struct resolver *r)
{
    size_t young = r->counts[NAME_YOUNG];

    return young + r->counts[NAME_QUEUED] < r->max_young &&
           r->nquestions < MAX_QUESTIONS;
}

void
query_start_queued(struct resolver *r)
{
    const size_t *young = &r->counts[NAME_YOUNG];
    struct name *n;

    while (*young < r->max_young && r->nquestions < MAX_QUESTIONS &&
           (n = name_first(r, NAME_QUEUED)))
        name_ask(n);
}

static int64_t
young_us(const struct resolver *r)
{
    return YOUNG_US * (int64_t)r->max_young /
           (int64_t)(r->max_young + r->silence / SILENT_PARTS);
}

void
query_age(struct resolver *r)
{
    int64_t now_us = clock_now_us();
    struct name *n;

    while ((n = name_first(r, NAME_YOUNG)) &&
           now_us - n->asked_at_us >= young_us(r))
        name_set_state(n, NAME_OLD);
    while ((n = name_first(r, NAME_OLD)) &&
           now_us - n->asked_at_us >= SILENT_US) {
        name_set_state(n, NAME_SILENT);
        if (r->silence < MAX_SILENT * SILENT_PARTS * r->max_young)
            r->silence += SILENT_PARTS;
    }
    while ((n = name_first(r, NAME_AGAIN)) &&
           now_us - n->asked_at_us >= AGAIN_US)
        name_set_state(n, NAME_QUEUED);
}

int64_t
query_age_every_us(const struct resolver *r)
{
    int64_t us = young_us(r) / 2;

    return us < AGE_EVERY_US ? us : AGE_EVERY_US;
}

int64_t
query_half_due_us(const struct resolver *r)
{
    const struct name *n = name_first(r, NAME_HALF);

    return n ? n->half_at_us + HALF_US : INT64_MAX;
}

void
query_end_halves(struct resolver *r)
{
    int64_t now_us = clock_now_us();

    while (query_half_due_us(r) <= now_us)
        name_set_answer(name_first(r, NAME_HALF));
}
