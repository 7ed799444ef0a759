/*
 * gate.h - answers that wait until enough requests wait for theirs.
 *
 * A gate has a key and opens when so many requests are at it.  It stays open
 * until gate_reset().
 */
#ifndef SERVER_GATE_H
#define SERVER_GATE_H

#include <stdbool.h>
#include <stddef.h>

struct gate;

/* The place of an answer that waits at a gate: embed it, zeroed. */
struct gate_place {
    struct gate *gate; /* NULL: at none */
    struct gate_place *next, **link;
};

/*
 * Come to the gate that opens for n.
 *
 * opened   called for each place that has waited there, when it opens
 * returns  true if the gate is open, false if the place has to wait
 */
bool gate_enter(struct gate_place *p, const char *key, size_t n,
                void (*opened)(struct gate_place *p));

/* Leave it, if the place is at one. */
void gate_leave(struct gate_place *p);

/* Close the gates that are open; the places at the others wait on. */
void gate_reset(void);

#endif /* SERVER_GATE_H */
