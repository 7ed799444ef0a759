/*
 * warc.h - writes the archive of a run (WARC 1.1, ISO 28500): decides which
 * records it has, and which header fields each of them.
 *
 * Records are written at the end of a hop, before the result line is made,
 * since the line says where its record is.  So everything that a result refers
 * to is in the archive, even after kill -9.  Safe from any thread, but while a
 * large body is copied others wait, which app/finisher prevents.
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
 * thread may be running.  Errors were reported.
 */
NODISCARD enum warc_opened warc_open(const struct opts *opts,
                                     struct warc **warc);

/* Returns -1 if records may be missing, which was reported.  NULL is fine. */
NODISCARD int warc_close(struct warc *w);

/* What captures need. */
const struct capture_env *warc_capture_env(const struct warc *w);

/*
 * A hop is over: write j->capture and free it. res.warc_* say where the
 * response is; res.warc_file is NULL if there is none.  If the archive cannot
 * be written, that becomes the result's error.
 */
void warc_put_hop(struct warc *w, struct job *j);

/* The job has failed without a response: write its result line, j->line, as a
 * metadata record, and set res.warc_*. */
void warc_put_failure(struct warc *w, struct job *j);

/* Has a write failed?  Nothing more is written then. */
bool warc_has_failed(const struct warc *w);

#endif /* WARC_H */
