/*
 * request_json.h - one record to one job: a URL, or a JSON object that
 * describes a request.
 *
 * A result line is a legal record: the keys that only results have are left
 * alone, and in an object that has one of those that every result has
 * (index, ok, status_code, attempts, elapsed) so are headers, body and
 * body_base64, which are those of the response.
 */
#ifndef REQUEST_JSON_H
#define REQUEST_JSON_H

#include "base/base.h"
#include "input/source.h"
#include "job/job.h"
#include "job/options.h"

/* Once, before the first record. */
void request_json_global_init(void);

/*
 * Fill a blank job from a record: url_given, id, meta, output_name, first.
 * The URL itself is not looked at (url/url.h does), nor is output_name
 * safe to be opened.
 *
 * format   INPUT_LINES: every record is a URL; INPUT_JSONL: every line is an
 *          object; else, and for what stands on the command line, a record
 *          is one if it starts with '{'
 * returns  0; or -1 for an unusable record, and the job's result has an
 *          `input` error whose message names file and line.  url_given is
 *          then what could be made out (the "url" value, or the record's
 *          text, cut to 2 KiB), id and meta where the JSON is valid.
 */
NODISCARD int request_json_parse(const struct record *rec,
                                 enum opt_input format, struct job *j);

/* The version of jansson that is in use. */
const char *request_json_library(void);

#endif /* REQUEST_JSON_H */
