/*
 * thread.h - a thread with a libev loop, on which engines run.
 */
#ifndef THREAD_H
#define THREAD_H

#include <pthread.h>

#include "base/base.h"

struct ev_loop;
struct thread;

/* Start any thread, without signals: body(arg) runs in it.  Returns -1 on
 * failure, which was reported. */
NODISCARD int thread_spawn(pthread_t *id, void *(*body)(void *), void *arg);

/* Returns NULL on failure, which was reported.  It is not running yet. */
NODISCARD struct thread *thread_new(void);

/* Its loop; while it runs only its own callbacks may touch it. */
struct ev_loop *thread_loop(const struct thread *t);

/* Start it after its engines were created.  Returns -1 on failure, which was
 * reported. */
NODISCARD int thread_start(struct thread *t);

/* Stop it if it is running; its engines must hold no job. */
void thread_stop(struct thread *t);
void thread_free(struct thread *t); /* after its engines; NULL is fine */

#endif /* THREAD_H */
