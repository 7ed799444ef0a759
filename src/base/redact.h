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

#endif /* REDACT_H */
