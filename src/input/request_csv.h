/*
 * request_csv.h - turns a row of a table into a job.
 *
 * The columns `url`, `id`, `method` and `body` make the request; all others
 * are returned as `meta`, an object of strings.  An empty field counts as not
 * given, except in meta.
 */
#ifndef REQUEST_CSV_H
#define REQUEST_CSV_H

#include "base/base.h"

struct job;
struct record;

/*
 * Fill a blank job from a record that has columns (rec->head), like
 * request_json_parse() for other records.
 *
 * returns  0; or -1 if the record is unusable: the job's result has an `input`
 *          error that names file and line. url_given is then the field, or if
 *          the row cannot be split its text, at most 2 KiB
 */
NODISCARD int request_csv_parse(const struct record *rec, struct job *j);

#endif /* REQUEST_CSV_H */
