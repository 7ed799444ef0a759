/*
 * room.h - what the bodies of a run that are kept in memory may take together.
 *
 * Each body and the line that is made of it have ROOM_FREE for themselves; what
 * they need beyond it is held of one sum, ROOM_MAX, until the line is written.
 * Where there is no more room a body waits: its transfer is paused.  One at a
 * time, the first that has to wait, goes on without regard to the sum, so that
 * there is always one that comes to an end and gives back what it held.
 */
#ifndef ROOM_H
#define ROOM_H

#include "base/base.h"

struct job;
struct room;

NODISCARD struct room *room_new(void);
void room_free(struct room *r); /* NULL is fine */

enum room_answer {
    ROOM_OK,
    ROOM_WAIT, /* ask again later */
    ROOM_NONE, /* it can't wait, and others hold too much */
};

/*
 * Is there room for len more bytes of j's body?  From any thread.
 *
 * may_wait  false for a stream that would hold up the others of its connection:
 *           it gets room up to ROOM_MAX_STREAMS
 */
NODISCARD enum room_answer room_ask(struct room *r, struct job *j, size_t len,
                                    bool may_wait);

/* Those bytes came: count them. */
void room_note(struct job *j, const char *data, size_t len);

/* The body is forgotten: another one may come, or none. */
void room_give_back(struct room *r, struct job *j);

/* The body is in a line that waits for a slow reader, and j goes; then, all
 * such lines are written.  Of one thread. */
void room_pass_on(struct room *r, struct job *j);
void room_written(struct room *r);

#endif /* ROOM_H */
