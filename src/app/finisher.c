#include "app/finisher.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "engine/mailbox.h"
#include "engine/thread.h"

struct finisher {
    struct finisher_config config;
    pthread_t thread;
    pthread_mutex_t lock; /* of the next three */
    pthread_cond_t has_work;
    struct job_list todo;
    bool is_stopping;
    /* If is_exclusive: a heavy job holds it for writing, light ones hold it for
     * reading. */
    pthread_rwlock_t file_lock;
    struct mailbox outbox;
};

/* Wait for a job.  Returns NULL when the finisher is to stop. */
static struct job *
next_job(struct finisher *f)
{
    struct job *j;

    pthread_mutex_lock(&f->lock);
    while (!(j = job_list_pop(&f->todo)) && !f->is_stopping)
        pthread_cond_wait(&f->has_work, &f->lock);
    pthread_mutex_unlock(&f->lock);
    return j;
}

static void
return_job(struct finisher *f, struct job *j)
{
    struct job_list done;

    job_list_init(&done);
    job_list_push(&done, j);
    if (mailbox_put(&f->outbox, &done))
        f->config.wake(f->config.ctx);
}

static void *
finisher_main(void *arg)
{
    struct finisher *f = arg;
    struct job *j;

    while ((j = next_job(f))) {
        pthread_rwlock_wrlock(&f->file_lock);
        f->config.finish(f->config.ctx, j);
        pthread_rwlock_unlock(&f->file_lock);
        return_job(f, j);
    }
    return NULL;
}

/* Make a lock that prefers writers: otherwise many light jobs, the readers,
 * could keep a heavy one, the writer, waiting without end. */
static void
init_file_lock(pthread_rwlock_t *file_lock)
{
    pthread_rwlockattr_t attr;

    pthread_rwlockattr_init(&attr);
    pthread_rwlockattr_setkind_np(&attr,
                                  PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(file_lock, &attr);
    pthread_rwlockattr_destroy(&attr);
}

static void
destroy(struct finisher *f)
{
    assert(job_list_is_empty(&f->todo));
    mailbox_fini(&f->outbox);
    pthread_rwlock_destroy(&f->file_lock);
    pthread_cond_destroy(&f->has_work);
    pthread_mutex_destroy(&f->lock);
    free(f);
}

struct finisher *
finisher_new(const struct finisher_config *config)
{
    struct finisher *f = xcalloc(1, sizeof(*f));

    f->config = *config;
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->has_work, NULL);
    init_file_lock(&f->file_lock);
    job_list_init(&f->todo);
    mailbox_init(&f->outbox);
    if (thread_spawn(&f->thread, finisher_main, f)) {
        destroy(f);
        return NULL;
    }
    return f;
}

void
finisher_free(struct finisher *f)
{
    if (!f)
        return;
    pthread_mutex_lock(&f->lock);
    f->is_stopping = true;
    pthread_cond_signal(&f->has_work);
    pthread_mutex_unlock(&f->lock);
    pthread_join(f->thread, NULL);
    destroy(f);
}

/* Finish a light job here, unless a heavy one is in the way. */
static bool
finish_here(struct finisher *f, struct job *j)
{
    bool needs_lock = f->config.is_exclusive;

    if (needs_lock && pthread_rwlock_tryrdlock(&f->file_lock) != 0)
        return false;
    f->config.finish(f->config.ctx, j);
    if (needs_lock)
        pthread_rwlock_unlock(&f->file_lock);
    return true;
}

bool
finisher_do(struct finisher *f, struct job *j, bool is_heavy)
{
    if (!is_heavy && finish_here(f, j))
        return true;
    pthread_mutex_lock(&f->lock);
    job_list_push(&f->todo, j);
    pthread_cond_signal(&f->has_work);
    pthread_mutex_unlock(&f->lock);
    return false;
}

void
finisher_take(struct finisher *f, struct job_list *jobs)
{
    mailbox_take_jobs(&f->outbox, jobs);
}
