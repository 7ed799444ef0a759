#include "engine/mailbox.h"

#include <assert.h>

void
mailbox_init(struct mailbox *m)
{
    pthread_mutex_init(&m->lock, NULL);
    job_list_init(&m->jobs);
}

void
mailbox_fini(struct mailbox *m)
{
    assert(job_list_is_empty(&m->jobs));
    pthread_mutex_destroy(&m->lock);
}

bool
mailbox_put(struct mailbox *m, struct job_list *jobs)
{
    bool was_empty;

    pthread_mutex_lock(&m->lock);
    was_empty = job_list_is_empty(&m->jobs);
    job_list_append(&m->jobs, jobs);
    pthread_mutex_unlock(&m->lock);
    return was_empty;
}

void
mailbox_take(struct mailbox *m, struct job_list *jobs)
{
    pthread_mutex_lock(&m->lock);
    job_list_append(jobs, &m->jobs);
    pthread_mutex_unlock(&m->lock);
}
