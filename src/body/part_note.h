/*
 * part_note.h - the note beside a part's file: what the answer said that began
 * it.  A later run needs it to ask for the rest.
 */
#ifndef PART_NOTE_H
#define PART_NOTE_H

#include "base/base.h"

struct store;

/* The texts are headers of the answer; NULL: it has none, or it does not fit.
 */
struct part_note {
    int64_t total;   /* bytes of the whole body; -1: unknown */
    char *validator; /* strong: ETag or Last-Modified */
    char *type;      /* Content-Type */
    char *disposition;
};

/* May the text be in a note?  False for NULL. */
bool part_note_fits(const char *text);

/* Write the note to a file of the store's folder.  Returns 0 or an errno. */
NODISCARD int part_note_write(const struct part_note *n, struct store *s,
                              const char *name);

/* Read it.  Returns false if it is missing or not whole; n must be cleared in
 * any case. */
bool part_note_read(struct part_note *n, struct store *s, const char *name);

/* Free the texts and forget all. */
void part_note_clear(struct part_note *n);

#endif /* PART_NOTE_H */
