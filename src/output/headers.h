/*
 * headers.h - converts a response's raw header lines to a JSON object.
 */
#ifndef HEADERS_H
#define HEADERS_H

#include "base/base.h"

struct buf;

/*
 * Append {lower-case name: [values]}, with names in order of first appearance.
 * raw contains "Name: value" lines with line ends.  Folded lines (RFC 9112,
 * 5.2) are joined by a space; lines without a name are left out.  Takes O(n
 * log n) time for any input.  Credentials in the URLs of Location and
 * Content-Location become "***" unless show_secrets.
 */
void headers_write(struct buf *out, const char *raw, size_t len,
                   bool show_secrets);

#endif /* HEADERS_H */
