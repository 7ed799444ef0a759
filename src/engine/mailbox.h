/*
 * mailbox.h - passes jobs from one thread to another, in batches.
 *
 * A mutex is held only while lists are spliced, so neither side waits long.
 */
#ifndef MAILBOX_H
#define MAILBOX_H

#include <pthread.h>

#include "job/job.h"

struct mailbox {
    pthread_mutex_t lock;
    struct job_list jobs;
};

void mailbox_init(struct mailbox *m);
void mailbox_fini(struct mailbox *m); /* must be empty */

/* Put jobs in; the list is empty afterwards.  Returns true if the box was
 * empty, so that its reader must be woken. */
NODISCARD bool mailbox_put(struct mailbox *m, struct job_list *jobs);

/* Take all there is and append it to jobs. */
void mailbox_take(struct mailbox *m, struct job_list *jobs);

#endif /* MAILBOX_H */
