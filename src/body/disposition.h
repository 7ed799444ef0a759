/*
 * disposition.h - the file name that a Content-Disposition proposes (RFC 6266).
 */
#ifndef DISPOSITION_H
#define DISPOSITION_H

#include "base/base.h"

struct buf;

/*
 * Append the proposed name, in UTF-8 and without folders: filename* (RFC 8187)
 * if it is valid, else filename.  Returns false and appends nothing if there
 * is none.  The name may contain any byte except "/", "\\" and NUL.
 */
NODISCARD bool disposition_filename(const char *value, struct buf *name);

#endif /* DISPOSITION_H */
