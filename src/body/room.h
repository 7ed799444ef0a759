/*
 * room.h - limits the memory of all bodies that a run keeps or decodes.
 *
 * Each body, with the line made of it, may use ROOM_FREE.  What it needs
 * beyond that comes out of a shared ROOM_MAX until the line is written.  When
 * that is used up, a body waits and its transfer is paused.  One body at a
 * time, the first that has to wait, is exempt, so that at least one always
 * finishes and returns its memory.
 */
#ifndef ROOM_H
#define ROOM_H

#include "base/base.h"

struct job;
struct room;

NODISCARD struct room *room_new(void);

/* Tell how many requests may be in flight.  Call before there are threads. */
void room_expect(struct room *r, uint32_t nrequests);
void room_free(struct room *r); /* NULL is fine */

enum room_answer {
    ROOM_OK,
    ROOM_WAIT, /* ask again later */
    ROOM_NONE, /* it cannot wait, and others hold too much */
};

/*
 * Is there room for len more bytes of j's body?  Safe from any thread.
 *
 * may_wait  false for a stream that would block the others of its connection:
 *           it gets room up to ROOM_MAX_STREAMS
 */
NODISCARD enum room_answer room_ask(struct room *r, struct job *j, size_t len,
                                    bool may_wait);

/* Those bytes arrived: count them. */
void room_note(struct job *j, const char *data, size_t len);

/* The body is discarded.  Another one may follow. */
void room_give_back(struct room *r, struct job *j);

/* The body is in a line that waits for a slow reader, and j is freed; later,
 * all such lines are written.  Call from one thread only. */
void room_pass_on(struct room *r, struct job *j);
void room_written(struct room *r);

/*
 * A decoder takes a window of n bytes, and gives it back.  Returns false if all
 * windows together would exceed WINDOWS_MAX, or WINDOW_USUAL for each request
 * of room_expect() if that is more.  A decoder cannot wait for its window. Safe
 * from any thread.  r may be NULL: then there is no limit.
 */
NODISCARD bool room_take_window(struct room *r, int64_t n);
void room_give_window(struct room *r, int64_t n);

#endif /* ROOM_H */
