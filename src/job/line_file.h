/*
 * line_file.h - a file given to an option as @FILE that is read again when it
 * changes: headers of -H, the token of --oauth2-bearer.
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
    size_t first, n; /* the headers in the options that came from it */
};

/*
 * Append a text's lines to out, without line ends, empty lines, comments and a
 * byte order mark; they are in mem.  Returns 0, or -1 if a line is invalid:
 * *line is its number, from 1 on.
 */
NODISCARD int line_file_parse(const char *text, size_t len,
                              bool (*is_valid)(const char *line),
                              struct arena *mem, struct strings *out,
                              size_t *line);

#endif /* LINE_FILE_H */
