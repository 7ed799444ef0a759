/*
 * line_file.h - a file that an option is given as @FILE and whose lines are
 * read again when it changes: headers of -H, the token of --oauth2-bearer.
 */
#ifndef LINE_FILE_H
#define LINE_FILE_H

#include "base/base.h"

struct arena;
struct strings;

struct line_file {
    struct line_file *next; /* in the order of the command line */
    const char *option;     /* its name, for messages */
    const char *path;
    bool (*is_valid)(const char *line);
    size_t first, n; /* of headers: those in the options that it gave */
};

/*
 * Append a text's lines to out, without their ends and but for empty ones; they
 * live in mem.  0, or -1 where one is not valid: *line says which, from 1 on.
 */
NODISCARD int line_file_parse(const char *text, size_t len,
                              bool (*is_valid)(const char *line),
                              struct arena *mem, struct strings *out,
                              size_t *line);

#endif /* LINE_FILE_H */
