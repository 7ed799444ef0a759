/*
 * diag.h - messages to people, on stderr.
 *
 * "fanfetch: error: urls.txt:12: what is wrong".  Wording: place, what is
 * wrong, what was seen; lower case, no full stop, strerror last.  Bytes that
 * come from a list or a server are escaped, so that none reaches a terminal
 * raw (see diag_escape()).
 */
#ifndef DIAG_H
#define DIAG_H

#include "base/base.h"

struct buf;

/* One line each.  Safe from any thread; errno is kept.  On a terminal it takes
 * the place of a status line, if one is there. */
void diag_error(const char *fmt, ...) PRINTF_LIKE(1, 2);
void diag_warn(const char *fmt, ...) PRINTF_LIKE(1, 2);
void diag_note(const char *fmt, ...) PRINTF_LIKE(1, 2);

/*
 * Append s to out with the characters escaped that results have escaped
 * (jsonw_is_hazard()), and bytes that are not UTF-8 as \xNN.  Quotes and
 * backslashes stay, so that to escape twice is to escape once.
 */
void diag_escape(struct buf *out, const char *s, size_t len);

#endif /* DIAG_H */
