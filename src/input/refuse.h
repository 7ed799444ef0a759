/*
 * refuse.h - what the result of a record says that can't be used.
 */
#ifndef REFUSE_H
#define REFUSE_H

#include "base/base.h"

#include <stdarg.h>

struct job;
struct record;

/*
 * Fail a record: set the job's `input` error, its message beginning with file
 * and line.  Always -1.
 */
int record_refuse(const struct record *rec, struct job *j, const char *code,
                  const char *fmt, ...) PRINTF_LIKE(4, 5);

/* The same with a column of the line, from 1 on; 0: none. */
int record_refuse_at(const struct record *rec, size_t column, struct job *j,
                     const char *code, const char *fmt, va_list args)
    __attribute__((format(printf, 5, 0)));

/* Set url_given to the record's text, up to 2 KiB of it, where no URL can be
 * made out. */
void record_show(const struct record *rec, struct job *j);

#endif /* REFUSE_H */
