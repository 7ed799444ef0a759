/*
 * diag.h - messages to people, on stderr.
 *
 * "fanfetch: error: urls.txt:12: what is wrong".  Wording: place, what is
 * wrong, what was seen; lower case, no full stop, strerror last.  Bytes that
 * come from a list or a server are escaped, so that none reaches a terminal
 * raw (see diag_escape()).
 *
 * If nobody reads stderr for a second, messages are left out and counted.
 */
#ifndef DIAG_H
#define DIAG_H

#include "base/base.h"

struct buf;

/* Print one line.  Safe from any thread; errno is kept.  On a terminal the
 * message replaces a status line, if there is one. */
void diag_error(const char *fmt, ...) PRINTF_LIKE(1, 2);
void diag_warn(const char *fmt, ...) PRINTF_LIKE(1, 2);
void diag_note(const char *fmt, ...) PRINTF_LIKE(1, 2);

/*
 * Append s to out.  Characters that results escape (jsonw_is_hazard()) are
 * escaped, and bytes that are not UTF-8 become \xNN.  Quotes and backslashes
 * stay, so escaping twice gives the same text as escaping once.
 */
void diag_escape(struct buf *out, const char *s, size_t len);

#endif /* DIAG_H */
