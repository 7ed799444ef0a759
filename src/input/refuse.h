/*
 * refuse.h - sets the error of a record that cannot be used.
 */
#ifndef REFUSE_H
#define REFUSE_H

#include "base/base.h"

#include <stdarg.h>

struct job;
struct record;

/*
 * Fail a record: set the job's `input` error, with a message that begins with
 * file and line.  Always returns -1.
 */
int record_refuse(const struct record *rec, struct job *j, const char *code,
                  const char *fmt, ...) PRINTF_LIKE(4, 5);

/* Fail a record as record_refuse() does, with the column of the line in the
 * message; columns count from 1 on, 0: none. */
int record_refuse_at(const struct record *rec, size_t column, struct job *j,
                     const char *code, const char *fmt, va_list args)
    __attribute__((format(printf, 5, 0)));

/* Set j->place, for errors that are found when the record's files are sent. */
void record_note_place(const struct record *rec, struct job *j);

/* Set url_given to the record's text, at most 2 KiB, if it contains no URL. */
void record_show(const struct record *rec, struct job *j);

#endif /* REFUSE_H */
