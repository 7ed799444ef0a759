/*
 * store.h - a folder in which bodies are stored as files.
 *
 * A body grows in a temporary file in the folder and gets its name when it is
 * complete, so no incomplete file is ever found under a final name.  Existing
 * files are not overwritten unless store_put() is told to, and files made by
 * this run never are.  Nothing outside the folder is created or followed.
 * Files are not synced to the disk.
 *
 * Only the folder's descriptor is kept open, because the connections already
 * need most of them.  Safe from any thread.
 */
#ifndef STORE_H
#define STORE_H

#include <sys/stat.h>
#include <sys/types.h>

#include "base/base.h"

/* The longest name of a temporary file, ".fanfetch-" with 32 digits and
 * ".part", and its NUL. */
#define STORE_TEMP 48

struct store;

/*
 * Open the folder, creating it if it is missing.  Returns NULL if it cannot be
 * used, which was reported.  Reads the umask, so no other thread may be
 * running.
 *
 * tells_old  store_put() may replace files: opening then takes as long as the
 *            file system needs to tell two times apart, about 10 ms
 */
NODISCARD struct store *store_open(const char *dir, bool tells_old);

/* Give complete files this mark (base/mark.h). */
void store_set_mark(struct store *s, const char *mark, struct timespec since);

/* Has the file at path, which is in the folder, that mark, and was it last
 * changed at `since` or later? */
NODISCARD bool store_has_mark(const struct store *s, const char *path);

void store_close(struct store *s); /* NULL is fine */

/*
 * Keep a name for a file of the run's own, which may not exist yet: store_put()
 * answers EEXIST.  Called before other threads use the store.
 *
 * folder     the folder that the file is in, which may be another one
 * is_number  all names that begin with name and a digit
 */
void store_reserve(struct store *s, const struct stat *folder, const char *name,
                   bool is_number);

/* As given, without trailing slashes. */
const char *store_dir(const struct store *s);

/* The folder's descriptor, for openat() and the like.  The store closes it. */
int store_folder(const struct store *s);

/*
 * Append to a temporary file. temp is "" at first, and is set when the file is
 * created: it is the caller's until store_put() or store_drop().  Returns 0 or
 * an errno.
 */
NODISCARD int store_append(const struct store *s, char temp[STORE_TEMP],
                           const void *data, size_t len);

/*
 * Append the last bytes and rename the file to a name that is safe by
 * safe_name_check(); missing folders are created. temp is "" afterwards.
 * With may_replace (tells_old) it replaces a file of that name that existed
 * before this run.
 *
 * Returns 0 or an errno: EEXIST if the name is taken or reserved, ENOTDIR or
 * ELOOP if something other than a folder is in the way.
 */
NODISCARD int store_put(struct store *s, char temp[STORE_TEMP],
                        const void *data, size_t len, const char *name,
                        bool may_replace);

/* Open a temporary file for reading.  Returns -1 and sets errno. */
NODISCARD int store_open_temp(const struct store *s,
                              const char temp[STORE_TEMP]);

/* Remove a temporary file if there is one. */
void store_drop(const struct store *s, char temp[STORE_TEMP]);

/*
 * Open a regular file of that name for reading.  Returns -1 if there is none.
 */
NODISCARD int store_find(const struct store *s, const char *name);

/*
 * A result of this run uses a file that existed before, opened by store_find():
 * store_put() does not replace it from now on.  Needs tells_old.  Sets the
 * file's modification time.  Returns false if that fails or the name has
 * another file by now.
 */
NODISCARD bool store_claim(struct store *s, const char *name, int fd);

/* Remove a regular file of that name and size (-1: any), if there is one and
 * the name is not reserved. */
void store_remove(const struct store *s, const char *name, int64_t size);

#endif /* STORE_H */
