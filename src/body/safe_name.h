/*
 * safe_name.h - makes text from strangers safe as the name of a file.
 *
 * A name is a relative path beneath a folder.  Characters that could leave the
 * folder, or that some file system does not allow, become "_".
 */
#ifndef SAFE_NAME_H
#define SAFE_NAME_H

#include "base/base.h"

struct buf;

/* The longest component, and the longest name, in bytes. */
#define SAFE_PART_MAX 255
#define SAFE_NAME_MAX 4000

/* Append a value as valid UTF-8, within one component, without a leading dot.
 */
void safe_name_add(struct buf *out, const char *s, size_t len);

/*
 * Is it a relative path of 1 to SAFE_NAME_MAX bytes within the folder?  It
 * has no empty component, no "." or "..", no control character, and no
 * component that begins as our own files do.
 */
bool safe_name_check(const char *name);

/*
 * Make each component of the NUL-terminated name valid on any file system: no
 * dot or space at the end, no Windows device name, at most SAFE_PART_MAX
 * bytes.  A component that is cut keeps its apparent extension and gets a
 * hash, so different names stay different.
 */
void safe_name_fix(struct buf *name);

#endif /* SAFE_NAME_H */
