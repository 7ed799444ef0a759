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
 * The same for text that can't be read as a URL: what stands before the last
 * '@' is hidden if there is a colon in it, wherever a slash, '?' or '#' is.
 * redact_url() changes nothing more of the result.
 */
void redact_refused(struct buf *out, const char *text, size_t len);

/*
 * How much may be shown of a text whose end was cut off, where it may be a URL:
 * nothing behind the scheme if it was cut within a user and password.
 */
NODISCARD size_t redact_cut(const char *text, size_t len);

/* Append an operand: a URL, the name of a file, or a URL without a scheme,
 * which is taken for one.  Without a colon before its '@' it is shown as it is.
 */
void redact_operand(struct buf *out, const char *operand);

/* Append a text, such as an error's message, with each URL in it redacted. */
void redact_text(struct buf *out, const char *text);

#endif /* REDACT_H */
