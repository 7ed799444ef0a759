/*
 * upload.h - request bodies that come from files: one file, or a form.
 *
 * Files are read as they are sent, piece by piece, and opened for each piece,
 * so that they need no descriptors beside the connections'.  Each piece is of
 * the very file that was there at the start: one that changes ends the
 * transfer before its last byte has left.
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
 * Tell libcurl the body of x->job, where it comes from files or is a form.
 * NULL: it is none of these.  Else to be freed when the transfer is over.
 */
NODISCARD struct upload *upload_start(struct transfer *x);
void upload_free(struct upload *u); /* NULL is fine */

/* Send it from its start; NULL is fine. */
void upload_rewind(struct upload *u);

/* Bytes of the body; -1: not known, as a form's. */
int64_t upload_size(const struct upload *u);

/* Set the job's error after STOP_FILE. */
void upload_fail(const struct upload *u, struct job *j);

#endif /* UPLOAD_H */
