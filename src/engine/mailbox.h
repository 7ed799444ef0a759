/*
 * mailbox.h - passes jobs from one thread to another, in batches: to an engine,
 * and back with word of what has connected meanwhile.
 *
 * A mutex is held only while lists are spliced, so neither side waits long.
 */
#ifndef MAILBOX_H
#define MAILBOX_H

#include <pthread.h>

#include "job/job.h"

/* A job whose request is about to leave (is_protocol_probe, tells_when_sent).
 * It is still in flight or among the jobs of the same mail; read only what
 * sched/ has set in it, and do so before handling these jobs. */
struct connected {
    struct job *job;
    /* A constant, "2" or "1.1"; NULL: not known yet, or no probe. */
    const char *http_version;
    bool was_reused; /* over a kept connection */
};

/* The content of a mailbox. */
struct mail {
    struct job_list jobs;
    struct connected *connected;      /* nconnected of them */
    size_t nconnected, cap_connected; /* cap_connected is room */
};

void mail_init(struct mail *mail);
void mail_fini(struct mail *mail); /* has no jobs */

struct mailbox {
    pthread_mutex_t lock;
    struct mail mail;
};

void mailbox_init(struct mailbox *m);
void mailbox_fini(struct mailbox *m); /* has no jobs */

/* Put jobs in; the list is empty afterwards.  Returns true if the box was
 * empty, so that its reader must be woken. */
NODISCARD bool mailbox_put(struct mailbox *m, struct job_list *jobs);

/* Put word of such a request in.  Returns the same. */
NODISCARD bool mailbox_put_connected(struct mailbox *m,
                                     const struct connected *connected);

/* Take all there is.  mail must have no jobs; its memory is used again. */
void mailbox_take(struct mailbox *m, struct mail *mail);

/* Take the jobs of a box that gets nothing else, and append them to the list.
 */
void mailbox_take_jobs(struct mailbox *m, struct job_list *jobs);

#endif /* MAILBOX_H */
