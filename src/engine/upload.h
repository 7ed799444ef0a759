/*
 * upload.h - request bodies that come from files: one file, or a form.
 *
 * Files are read piece by piece as they are sent.  They are opened for each
 * piece, so that they need no descriptors beside those of the connections.  A
 * file that changes after the start ends the transfer before the last byte is
 * sent.
 */
#ifndef UPLOAD_H
#define UPLOAD_H

#include "base/base.h"

struct job;
struct opts;
struct transfer;
struct upload;

/* Can all files of the hop's body be read?  -1: the job's result says which
 * one cannot. */
NODISCARD int upload_check(const struct opts *opts, struct job *j);

/*
 * Tell libcurl the body of x->job, if it comes from files or is a form; NULL:
 * it does not.  Free it when the transfer is over, before its easy handle.
 */
NODISCARD struct upload *upload_start(struct transfer *x);
void upload_free(struct upload *u); /* NULL is fine */

/* Send it from its start; NULL is fine. */
void upload_rewind(struct upload *u);

/* Bytes of the body; -1: not known, as for a form. */
int64_t upload_size(const struct upload *u);

/* Set the job's error after STOP_FILE. */
void upload_fail(const struct upload *u, struct job *j);

#endif /* UPLOAD_H */
