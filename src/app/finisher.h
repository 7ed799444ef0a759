/*
 * finisher.h - finishes jobs: a light one in the thread that brings it, a heavy
 * one in a thread of its own.
 *
 * To finish a job means to name its body's file, to write its records to the
 * archive and to format its line.  For a large body, megabytes are compared,
 * copied or escaped.  An engine's transfers, time-outs and signals would wait
 * meanwhile.
 *
 * Jobs in the finisher's thread need no limit of their own: those of engines
 * count as in flight until they come back, and intake counts the others.
 */
#ifndef FINISHER_H
#define FINISHER_H

#include "base/base.h"
#include "job/job.h"

struct finisher;

struct finisher_config {
    /* Finish a job.  Called in any thread. */
    void (*finish)(void *ctx, struct job *j);

    /* There were no jobs for finisher_take(), and now there are.  Called in the
     * finisher's thread. */
    void (*wake)(void *ctx);
    void *ctx;

    /* While a heavy job is being finished, light ones cannot be, because they
     * write to the same file. */
    bool is_exclusive;
};

/* Returns NULL if its thread cannot be started, which was reported. */
NODISCARD struct finisher *finisher_new(const struct finisher_config *config);

/* It must hold no job.  NULL is fine. */
void finisher_free(struct finisher *f);

/*
 * Finish a job here, and return true; or pass it to the finisher's thread, and
 * return false.  Safe from any thread; does not wait.
 */
NODISCARD bool finisher_do(struct finisher *f, struct job *j, bool is_heavy);

/* Append the jobs that the finisher's thread has finished to the list. */
void finisher_take(struct finisher *f, struct job_list *jobs);

#endif /* FINISHER_H */
