/*
 * file_kind.h - tells what a file holds by its beginning.
 *
 * p and len are the first bytes of the file.  An empty file is of each kind,
 * and so is one that ends within the text that its kind begins with: a run
 * that was killed leaves such files.
 */
#ifndef APP_FILE_KIND_H
#define APP_FILE_KIND_H

#include "base/base.h"

/* A test of a kind; the functions below are. */
typedef bool file_kind_test(const char *p, size_t len);

/* Cookies in Netscape's format. */
bool file_kind_is_jar(const char *p, size_t len);

/* A summary (--summary), a report (--report), a trace (--trace). */
bool file_kind_is_summary(const char *p, size_t len);
bool file_kind_is_page(const char *p, size_t len);
bool file_kind_is_trace(const char *p, size_t len);

/* Result lines.  The first key must be one that no request has. */
bool file_kind_is_results(const char *p, size_t len);

/* Result lines of --fields: the first key may be any of a result line. */
bool file_kind_is_fields(const char *p, size_t len);

/* Text that is neither a web page nor a script: the output of a template and
 * lines for people may look like anything else. */
bool file_kind_is_text(const char *p, size_t len);

/* A WARC file, or a gzip file that may be one: output/warc_file looks
 * inside. */
bool file_kind_is_archive(const char *p, size_t len);

#endif /* APP_FILE_KIND_H */
