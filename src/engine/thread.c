#include "engine/thread.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <ev.h>

#include "base/alloc.h"
#include "base/diag.h"

struct thread {
    pthread_t id;
    bool is_running;
    struct ev_loop *loop;
    ev_async stop;
};

static void
on_stop(struct ev_loop *loop, ev_async *w, int revents)
{
    (void)w, (void)revents;
    ev_break(loop, EVBREAK_ALL);
}

struct thread *
thread_new(void)
{
    struct thread *t = xcalloc(1, sizeof(*t));

    t->loop = ev_loop_new(EVFLAG_AUTO | EVFLAG_NOENV);
    if (!t->loop) {
        diag_error("cannot create an event loop: too few descriptors?");
        free(t);
        return NULL;
    }
    ev_async_init(&t->stop, on_stop);
    ev_async_start(t->loop, &t->stop);
    return t;
}

static void *
thread_main(void *arg)
{
    struct thread *t = arg;

    ev_run(t->loop, 0);
    return NULL;
}

/* It gets no signals: the control thread handles them. */
int
thread_spawn(pthread_t *id, void *(*body)(void *), void *arg)
{
    sigset_t all, old;
    int rc;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    rc = pthread_create(id, NULL, body, arg);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (rc)
        diag_error("cannot start a thread: %s", strerror(rc));
    return rc ? -1 : 0;
}

int
thread_start(struct thread *t)
{
    t->is_running = thread_spawn(&t->id, thread_main, t) == 0;
    return t->is_running ? 0 : -1;
}

void
thread_stop(struct thread *t)
{
    if (!t->is_running)
        return;
    ev_async_send(t->loop, &t->stop);
    pthread_join(t->id, NULL);
    t->is_running = false;
}

void
thread_free(struct thread *t)
{
    if (!t)
        return;
    ev_loop_destroy(t->loop);
    free(t);
}

struct ev_loop *
thread_loop(const struct thread *t)
{
    return t->loop;
}
