/*
 * request_json.h - turns a record into a job: a URL, or a JSON object that
 * describes a request.
 *
 * A result line is a valid record: keys that only results have are ignored.
 * In an object with a key that every result has (index, ok, status_code,
 * attempts, elapsed), headers, body and body_base64 are ignored too, since
 * they belong to the response.
 */
#ifndef REQUEST_JSON_H
#define REQUEST_JSON_H

#include "base/base.h"
#include "input/source.h"
#include "job/job.h"
#include "job/options.h"

/* Call once, before the first record. */
void request_json_global_init(void);

/*
 * Fill a blank job from a record: url_given, id, meta, output_name, first.
 * The URL is not checked (url/url.h does that), nor is output_name safe to
 * open.
 *
 * format   INPUT_LINES: every record is a URL; INPUT_JSONL: every line is an
 *          object; otherwise, and for operands of the command line, a record is
 *          an object if it starts with '{'
 * returns  0; or -1 if the record is unusable: the job's result has an `input`
 *          error that names file and line. url_given is then what could be
 *          recognised (the "url" value, or the record's text, at most 2 KiB);
 *          id and meta are set if the JSON is valid.
 */
NODISCARD int request_json_parse(const struct record *rec,
                                 enum opt_input format, struct job *j);

/* The version of jansson that is in use. */
const char *request_json_library(void);

#endif /* REQUEST_JSON_H */
