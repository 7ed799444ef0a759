/*
 * keys.h - the keys of the result line and of the objects in it, as --fields
 * and --format name them: "error", "error.class", "redirects.0.url".
 */
#ifndef KEYS_H
#define KEYS_H

#include "base/base.h"

struct buf;

/* Append them one a line, in the line's order.  An element of an array has
 * "0" in its path, for the first. */
void keys_write(struct buf *out);

/*
 * Is it such a path, len bytes long?  Any member is accepted of objects whose
 * names the record or the server chooses (headers, meta, body_json ...).
 */
bool keys_has(const char *path, size_t len);

/* Append the path that was probably meant, or nothing if none is similar. */
void keys_add_nearest(struct buf *out, const char *path, size_t len);

#endif /* KEYS_H */
