/*
 * redact.h - secrets taken out of text before it is shown.
 */
#ifndef REDACT_H
#define REDACT_H

#include "base/base.h"

struct buf;

/*
 * Append a URL with its userinfo, the "me:pw" of http://me:pw@host/, replaced
 * by "***".  Also works on text that is not a URL, and then rather hides too
 * much than too little.
 */
void redact_url(struct buf *out, const char *url, size_t len);

/*
 * Append text that was refused as a URL, redacted: all before the last '@' is
 * hidden if it has a colon, even if it has a slash, '?' or '#'.  redact_url()
 * leaves the result as it is.
 */
void redact_refused(struct buf *out, const char *text, size_t len);

/*
 * How many bytes may be shown of a text that may be a URL and whose end was cut
 * off: only the scheme if it may have been cut within a user and password.
 */
NODISCARD size_t redact_cut(const char *text, size_t len);

/* Append an operand: a URL, or the name of a file, which may be meant as a URL
 * without a scheme.  A name is redacted only if it has a colon before its '@'.
 */
void redact_operand(struct buf *out, const char *operand);

/* Append a text, such as an error's message, with each URL in it redacted. */
void redact_text(struct buf *out, const char *text);

#endif /* REDACT_H */
