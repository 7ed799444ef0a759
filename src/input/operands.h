/*
 * operands.h - the operands of the command line, one after the other: URLs, and
 * inputs that are opened.
 */
#ifndef OPERANDS_H
#define OPERANDS_H

#include "base/base.h"

struct operands;

/* The kinds of operands, known once one is opened. */
enum operand_kind {
    OPERAND_URL,   /* a URL: text */
    OPERAND_INPUT, /* an input: fd is open, and the caller's */
    OPERAND_NONE,  /* nothing: it could not be opened, which was reported, or is
                      standard input again, which is at its end */
    OPERAND_END,   /* there are no more */
};

struct operand {
    const char *text; /* the URL; an input's name for messages */
    int fd;           /* -1: none */
    bool is_file;     /* read(2) waits only for the disk */
};

/* list is borrowed.  n == 0 stands for standard input. */
NODISCARD struct operands *operands_new(const char *const *list, size_t n);
void operands_free(struct operands *o); /* NULL is fine */

/* Is the file at path one of them?  Only a regular file can be. */
bool operands_have(const struct operands *o, const char *path);

/* The results go to this descriptor: an input that is the same file is not
 * opened, since the list would never end. */
void operands_set_output(struct operands *o, int fd);

/* Is any of them a URL, or an input that can be opened? */
bool operands_may_be_read(const struct operands *o);

/* Go on to the next one, after the one before was closed. */
enum operand_kind operands_next(struct operands *o, struct operand *next);

/* Could one not be opened, and was that because the system denied descriptors
 * or memory? */
bool operands_failed(const struct operands *o);
bool operands_were_denied(const struct operands *o);

/*
 * How much of all operands was read: of the last one taken_bytes so far, or all
 * if it is closed.  Returns false if the total is not known.
 */
bool operands_progress(const struct operands *o, bool is_open,
                       uint64_t taken_bytes, uint64_t *done_bytes,
                       uint64_t *total_bytes);

#endif /* OPERANDS_H */
