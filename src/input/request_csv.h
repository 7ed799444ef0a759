/*
 * request_csv.h - one row of a table to one job.
 *
 * Of the columns `url`, `id`, `method` and `body` make the request; all
 * others come back as `meta`, an object of strings.  A field that is empty
 * is one that was not given, but in meta.
 */
#ifndef REQUEST_CSV_H
#define REQUEST_CSV_H

#include "base/base.h"

struct job;
struct record;

/*
 * Fill a blank job from a record that has columns (rec->head), as
 * request_json_parse() does with any other.
 *
 * returns  0; or -1 for an unusable record, and the job's result has an
 *          `input` error whose message names file and line.  url_given is
 *          then the field, or where the row can't be taken apart its text,
 *          cut to 2 KiB
 */
NODISCARD int request_csv_parse(const struct record *rec, struct job *j);

#endif /* REQUEST_CSV_H */
