/*
 * headers.h - a response's raw header lines as a JSON object.
 */
#ifndef HEADERS_H
#define HEADERS_H

#include "base/base.h"

struct buf;

/*
 * Append {lower-case name: [values]}, the names in the order in which they
 * first came.  raw holds "Name: value" lines with their line ends; a folded
 * line (RFC 9112, 5.2) is joined by a space, what has no name is left out.
 * The time is O(n log n) whatever a server sends.  Credentials in the URLs of
 * Location and Content-Location are "***" unless show_secrets.
 */
void headers_write(struct buf *out, const char *raw, size_t len,
                   bool show_secrets);

#endif /* HEADERS_H */
