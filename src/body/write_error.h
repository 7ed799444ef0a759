/*
 * write_error.h - turns an errno of writing a body's file into an error of its
 * result.
 */
#ifndef WRITE_ERROR_H
#define WRITE_ERROR_H

#include "base/base.h"

struct body_env;
struct job;

/* name is the file's within the folder, or NULL while it has none. */
void write_error_set(const struct body_env *env, struct job *j,
                     const char *name, int os_errno);

#endif /* WRITE_ERROR_H */
