/*
 * warc.h - the archive of a run: requests and responses as records of WARC
 * 1.1 (ISO 28500), each compressed by itself where the file's name ends in
 * .gz.
 *
 * Records are written as a hop ends, by the thread that it ran in, before the
 * result line is made: the line tells where its record is.  So what a result
 * file tells of is in the archive, even after kill -9.  Any thread may call.
 */
#ifndef WARC_H
#define WARC_H

#include "base/base.h"
#include "output/warc_file.h"

struct capture_env;
struct job;
struct opts;
struct warc;

/*
 * Open the archive (opts->warc) and write its warcinfo record.  No other
 * thread may run.  What is wrong was reported.
 */
NODISCARD enum warc_opened warc_open(const struct opts *opts,
                                     struct warc **warc);

/* -1: what was written may be lost, or some was not, which was reported.  NULL
 * is fine. */
NODISCARD int warc_close(struct warc *w);

/* What captures need. */
const struct capture_env *warc_capture_env(const struct warc *w);

/*
 * A hop is over: write what j->capture holds, and free it.  res.warc_* say
 * where the response is; res.warc_file is NULL where there is none.  Where the
 * archive can't be written to, that is the result's error.
 */
void warc_put_hop(struct warc *w, struct job *j);

/* The job has failed without a response: write its result line, which is in
 * j->line, as a metadata record, and set res.warc_*. */
void warc_put_failure(struct warc *w, struct job *j);

/* Could something not be written?  Nothing is, from then on. */
bool warc_has_failed(const struct warc *w);

#endif /* WARC_H */
