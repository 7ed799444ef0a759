/*
 * store.h - a folder that bodies are put into as files.
 *
 * A body grows in a temporary file of the folder and gets its name when it is
 * complete, so that no half one is ever found under a name.  Nothing that is
 * there is overwritten unless store_put() is told so, a file that this run has
 * made never, and nothing is made or followed that leads out of the folder.
 * What is written is not synced to the disk.
 *
 * No descriptor is held but the folder's: what flies needs as many as there
 * are connections already.  Any thread may use a store.
 */
#ifndef STORE_H
#define STORE_H

#include <sys/types.h>

#include "base/base.h"

/* The longest name of a temporary file, ".fanfetch-" with 32 digits and
 * ".part", and its NUL. */
#define STORE_TEMP 48

struct store;

/*
 * Open the folder, made where it is missing.  NULL: it can't be used, which
 * was reported.  Reads the umask, so no thread but the first may run.
 *
 * tells_old  store_put() may be told to replace: takes as long as the folder's
 *            file system needs to tell two times apart, 10 ms or so
 */
NODISCARD struct store *store_open(const char *dir, bool tells_old);
void store_close(struct store *s); /* NULL is fine */

/* As given, without slashes at its end. */
const char *store_dir(const struct store *s);

/* The folder's descriptor, for openat() and its like: the store's. */
int store_folder(const struct store *s);

/*
 * Append to a temporary file.  temp is "" for none yet, and set where one was
 * made: it is the caller's until store_put() or store_drop().
 * Returns 0, or an errno.
 */
NODISCARD int store_append(const struct store *s, char temp[STORE_TEMP],
                           const void *data, size_t len);

/*
 * Append the last bytes, and give the file its name, safe as
 * template_is_safe() says; folders in between are made.  temp is "" then.
 * With may_replace (tells_old) it takes the place of a file of that name which
 * was there before this run.
 *
 * Returns 0, or an errno: EEXIST where the name is taken, ENOTDIR or ELOOP
 * where something that is no folder is in the way.
 */
NODISCARD int store_put(struct store *s, char temp[STORE_TEMP],
                        const void *data, size_t len, const char *name,
                        bool may_replace);

/* Open a temporary file for reading.  -1 and errno. */
NODISCARD int store_open_temp(const struct store *s,
                              const char temp[STORE_TEMP]);

/* Remove a temporary file, if there is one. */
void store_drop(const struct store *s, char temp[STORE_TEMP]);

/* Open a regular file of that name for reading.  -1: there is none. */
NODISCARD int store_find(const struct store *s, const char *name);

#endif /* STORE_H */
