/*
 * body_name.h - gives a body's file its name: the one of the template or of the
 * record, and if that is taken, what --existing says.
 */
#ifndef BODY_NAME_H
#define BODY_NAME_H

#include "base/base.h"
#include "body/store.h"

struct body_env;
struct buf;
struct job;

/*
 * May a file with the same content exist already, so that the body's hash is
 * needed?  An earlier run that was killed may have stored a file without
 * reporting it.
 */
bool body_name_may_be_there(const struct body_env *env, const struct job *j);

/*
 * For --existing keep: if the body's name is known before the request and a
 * file with that name exists that may not be replaced, set body_path and
 * is_skipped and return true.
 */
bool body_name_is_kept(const struct body_env *env, struct job *j);

/*
 * The body is complete: give its file the name, and set body_path, or the
 * result's error.
 *
 * temp  the temporary file so far, "": none
 * last  the bytes that are not in it yet
 * hash  of the body, "" if it was not needed
 * err   an errno, if not even temp is complete; becomes the error
 */
void body_name_give(const struct body_env *env, struct job *j,
                    char temp[STORE_TEMP], const struct buf *last,
                    const char *hash, int err);

/*
 * Remove the file of a result that is removed, if it has that size (-1: any).
 * A file that is named by its hash stays: another run may use it, too, and no
 * other body wants its name.
 */
void body_name_drop(const struct body_env *env, const char *name, int64_t size);

#endif /* BODY_NAME_H */
