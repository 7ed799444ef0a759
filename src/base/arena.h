/*
 * arena.h - memory handed out in pieces and freed all at once.
 *
 * A job's strings live as long as the job, so they need no individual owner:
 * they come from the job's arena.  The first ARENA_INLINE bytes are in the
 * struct itself, which is enough for an ordinary record, so a plain URL costs
 * no allocation.  Larger pieces go to chunks from malloc().
 */
#ifndef ARENA_H
#define ARENA_H

#include "base/base.h"

#define ARENA_INLINE 384

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* newest first, NULL while inline is enough */
    char *pos;                  /* next free byte */
    char *end;                  /* end of the piece that pos points into */
    _Alignas(16) char first[ARENA_INLINE];
};

/* Make an empty arena.  It points into itself, so do not copy or move it. */
void arena_init(struct arena *a);

/* Free all chunks; the arena is empty and usable again. */
void arena_reset(struct arena *a);

/* An empty arena with memory of its own, which arena_free() frees with all it
 * holds.  NULL is fine. */
NODISCARD struct arena *arena_new(void);
void arena_free(struct arena *a);

/* The bytes of its chunks. */
NODISCARD size_t arena_size(const struct arena *a);

/* Is it memory of this arena? */
NODISCARD bool arena_owns(const struct arena *a, const void *p);

/* n bytes, aligned for any type, uninitialised; valid until arena_reset(). */
NODISCARD void *arena_alloc(struct arena *a, size_t n);

/* Like arena_alloc(), for text: not aligned. */
NODISCARD char *arena_text(struct arena *a, size_t n);

/* A copy of len bytes of s and a NUL behind them. */
NODISCARD char *arena_strndup(struct arena *a, const char *s, size_t len);
NODISCARD char *arena_strdup(struct arena *a, const char *s);

/* A formatted string. */
NODISCARD char *arena_printf(struct arena *a, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

#endif /* ARENA_H */
