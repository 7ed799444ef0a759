#include "body/room.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/budgets.h"
#include "job/job.h"

/* A control character takes six bytes in the line: \u0000. */
#define ESCAPE_MORE 5

/* Room is taken in steps of this size, or of an eighth of what is held. */
#define STEP_MIN MIB(1)

struct room {
    pthread_mutex_t lock;
    int64_t held;    /* by all together */
    int64_t windows; /* of decoders, apart from that */
    int64_t windows_max;
    int64_t in_line; /* of this, by lines not yet written */
    const void *one; /* the job exempt from waiting, or this struct for its
                        line; NULL: none */
};

struct room *
room_new(void)
{
    struct room *r = xcalloc(1, sizeof(*r));

    pthread_mutex_init(&r->lock, NULL);
    r->windows_max = WINDOWS_MAX;
    return r;
}

void
room_expect(struct room *r, uint32_t nrequests)
{
    int64_t usual = WINDOW_USUAL * (int64_t)nrequests;

    if (usual > r->windows_max)
        r->windows_max = usual;
}

void
room_free(struct room *r)
{
    if (!r)
        return;
    pthread_mutex_destroy(&r->lock);
    free(r);
}

/* What a body and its line need beyond their free share. */
static int64_t
room_needed(const struct job *j, size_t len)
{
    int64_t body = (int64_t)(j->res.body.len + len);

    /* Each byte is held once here and once in the line. */
    return 2 * body + ESCAPE_MORE * (j->ncontrols + (int64_t)len) - ROOM_FREE;
}

static enum room_answer
grow(struct room *r, struct job *j, int64_t more, bool may_wait)
{
    int64_t most = may_wait ? ROOM_MAX : ROOM_MAX_STREAMS;

    if (r->held + more > most && r->one != j) {
        if (!may_wait)
            return ROOM_NONE;
        if (r->one)
            return ROOM_WAIT;
        r->one = j;
    }
    r->held += more;
    j->room_held += more;
    return ROOM_OK;
}

enum room_answer
room_ask(struct room *r, struct job *j, size_t len, bool may_wait)
{
    int64_t more = room_needed(j, len) - j->room_held;
    int64_t step = j->room_held / 8;
    enum room_answer answer;

    if (more <= 0)
        return ROOM_OK;
    if (step < STEP_MIN)
        step = STEP_MIN;
    pthread_mutex_lock(&r->lock);
    answer = grow(r, j, more > step ? more : step, may_wait);
    pthread_mutex_unlock(&r->lock);
    return answer;
}

void
room_note(struct job *j, const char *data, size_t len)
{
    int64_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += (unsigned char)data[i] < ' ' || data[i] == '\x7f';
    j->ncontrols += n;
}

void
room_give_back(struct room *r, struct job *j)
{
    j->ncontrols = 0;
    if (j->room_held == 0)
        return;
    pthread_mutex_lock(&r->lock);
    r->held -= j->room_held;
    if (r->one == j)
        r->one = NULL;
    pthread_mutex_unlock(&r->lock);
    j->room_held = 0;
}

void
room_pass_on(struct room *r, struct job *j)
{
    if (j->room_held == 0)
        return;
    pthread_mutex_lock(&r->lock);
    r->in_line += j->room_held;
    if (r->one == j)
        r->one = r;
    pthread_mutex_unlock(&r->lock);
    j->room_held = 0;
}

void
room_written(struct room *r)
{
    pthread_mutex_lock(&r->lock);
    r->held -= r->in_line;
    r->in_line = 0;
    if (r->one == r)
        r->one = NULL;
    pthread_mutex_unlock(&r->lock);
}

bool
room_take_window(struct room *r, int64_t n)
{
    bool fits;

    if (!r)
        return true;
    pthread_mutex_lock(&r->lock);
    fits = r->windows + n <= r->windows_max;
    if (fits)
        r->windows += n;
    pthread_mutex_unlock(&r->lock);
    return fits;
}

void
room_give_window(struct room *r, int64_t n)
{
    if (!r || n == 0)
        return;
    pthread_mutex_lock(&r->lock);
    r->windows -= n;
    pthread_mutex_unlock(&r->lock);
}
