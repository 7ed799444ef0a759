#include "engine/mailbox.h"

#include <assert.h>
#include <stdlib.h>

#include "base/alloc.h"

void
mail_init(struct mail *mail)
{
    *mail = (struct mail){.nconnected = 0};
    job_list_init(&mail->jobs);
}

void
mail_fini(struct mail *mail)
{
    assert(job_list_is_empty(&mail->jobs));
    free(mail->connected);
}

static bool
is_empty(const struct mail *mail)
{
    return job_list_is_empty(&mail->jobs) && mail->nconnected == 0;
}

void
mailbox_init(struct mailbox *m)
{
    pthread_mutex_init(&m->lock, NULL);
    mail_init(&m->mail);
}

void
mailbox_fini(struct mailbox *m)
{
    mail_fini(&m->mail);
    pthread_mutex_destroy(&m->lock);
}

bool
mailbox_put(struct mailbox *m, struct job_list *jobs)
{
    bool was_empty;

    pthread_mutex_lock(&m->lock);
    was_empty = is_empty(&m->mail);
    job_list_append(&m->mail.jobs, jobs);
    pthread_mutex_unlock(&m->lock);
    return was_empty;
}

bool
mailbox_put_connected(struct mailbox *m, const struct connected *connected)
{
    struct mail *to = &m->mail;
    bool was_empty;

    pthread_mutex_lock(&m->lock);
    was_empty = is_empty(to);
    if (to->nconnected == to->cap_connected) {
        to->cap_connected = to->cap_connected ? 2 * to->cap_connected : 16;
        to->connected =
            xrealloc(to->connected, to->cap_connected * sizeof(*to->connected));
    }
    to->connected[to->nconnected++] = *connected;
    pthread_mutex_unlock(&m->lock);
    return was_empty;
}

void
mailbox_take(struct mailbox *m, struct mail *mail)
{
    struct connected *spare = mail->connected;
    size_t room = mail->cap_connected;

    assert(job_list_is_empty(&mail->jobs));
    pthread_mutex_lock(&m->lock);
    job_list_append(&mail->jobs, &m->mail.jobs);
    mail->connected = m->mail.connected;
    mail->nconnected = m->mail.nconnected;
    mail->cap_connected = m->mail.cap_connected;
    m->mail.connected = spare;
    m->mail.nconnected = 0;
    m->mail.cap_connected = room;
    pthread_mutex_unlock(&m->lock);
}

void
mailbox_take_jobs(struct mailbox *m, struct job_list *jobs)
{
    pthread_mutex_lock(&m->lock);
    job_list_append(jobs, &m->mail.jobs);
    pthread_mutex_unlock(&m->lock);
}
