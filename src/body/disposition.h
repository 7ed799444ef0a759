/*
 * disposition.h - the file name that a Content-Disposition proposes (RFC 6266).
 */
#ifndef DISPOSITION_H
#define DISPOSITION_H

#include "base/base.h"

struct buf;

/*
 * Append the name, in UTF-8 and without folders: filename* (RFC 8187) where
 * it is there and makes sense, else filename.  false: it proposes none, and
 * nothing is appended.  It may have any byte but "/" and "\\" in it, and NUL.
 */
NODISCARD bool disposition_filename(const char *value, struct buf *name);

#endif /* DISPOSITION_H */
