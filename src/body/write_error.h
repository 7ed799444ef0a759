/*
 * write_error.h - turns an errno of writing a body's file, or the archive, into
 * an error of its result.
 */
#ifndef WRITE_ERROR_H
#define WRITE_ERROR_H

#include "base/base.h"

struct body_env;
struct job;

/* The code of the class "write" for an errno: "disk_full". */
const char *write_error_code(int os_errno);

/* Set the error of j's result.  name is the file's within the folder, or NULL
 * while it has none. */
void write_error_set(const struct body_env *env, struct job *j,
                     const char *name, int os_errno);

#endif /* WRITE_ERROR_H */
