#include "output/order.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "output/sink.h"

/*
 * Limit on the bytes of held lines: beyond it nothing more is read or started.
 */
#define HELD_MAX_BYTES (64 * 1024 * 1024)

#define MIN_SLOTS 64

enum slot_state {
    SLOT_OPEN, /* not read, or its line is not there */
    SLOT_IN_FLIGHT,
    SLOT_HELD,
    SLOT_SKIPPED,
};

struct slot {
    char *line; /* SLOT_HELD, else NULL */
    size_t len;
    enum slot_state state;
};

struct order {
    struct sink *sink;
    size_t window;
    uint64_t oldest; /* index of the oldest record without a line */
    struct slot *slots;
    size_t nslots; /* a power of two; a record's slot is the low bits of its
                      index */
    size_t held_bytes;
};

struct order *
order_new(struct sink *sink, size_t window)
{
    struct order *o = xcalloc(1, sizeof(*o));

    assert(window > 0);
    o->sink = sink;
    o->window = window;
    o->nslots = MIN_SLOTS;
    o->slots = xcalloc(o->nslots, sizeof(*o->slots));
    return o;
}

void
order_free(struct order *o)
{
    if (!o)
        return;
    for (size_t i = 0; i < o->nslots; i++)
        free(o->slots[i].line);
    free(o->slots);
    free(o);
}

static struct slot *
slot_of(const struct order *o, uint64_t index)
{
    return &o->slots[index & (o->nslots - 1)];
}

/* Make room for the slot of this index. */
static void
grow(struct order *o, uint64_t index)
{
    size_t nslots = o->nslots;
    struct slot *slots;

    while (index - o->oldest >= nslots)
        nslots *= 2;
    slots = xcalloc(nslots, sizeof(*slots));
    for (uint64_t i = o->oldest; i - o->oldest < o->nslots; i++)
        slots[i & (nslots - 1)] = *slot_of(o, i);
    free(o->slots);
    o->slots = slots;
    o->nslots = nslots;
}

static struct slot *
slot_for(struct order *o, uint64_t index)
{
    assert(index >= o->oldest);
    if (index - o->oldest >= o->nslots)
        grow(o, index);
    return slot_of(o, index);
}

bool
order_has_room(const struct order *o, uint64_t index)
{
    return index - o->oldest < o->window && o->held_bytes < HELD_MAX_BYTES;
}

bool
order_may_start(const struct order *o)
{
    return o->held_bytes < HELD_MAX_BYTES ||
           slot_of(o, o->oldest)->state != SLOT_IN_FLIGHT;
}

void
order_set_in_flight(struct order *o, uint64_t index, bool is_in_flight)
{
    slot_for(o, index)->state = is_in_flight ? SLOT_IN_FLIGHT : SLOT_OPEN;
}

/* The oldest record is complete: write the lines that waited for it. */
static void
advance(struct order *o)
{
    for (;;) {
        struct slot *slot = slot_of(o, ++o->oldest);

        if (slot->state == SLOT_HELD) {
            sink_put(o->sink, slot->line, slot->len);
            free(slot->line);
            o->held_bytes -= slot->len;
        } else if (slot->state != SLOT_SKIPPED) {
            break;
        }
        *slot = (struct slot){NULL, 0, SLOT_OPEN};
    }
}

void
order_put(struct order *o, uint64_t index, const char *line, size_t len)
{
    struct slot *slot = slot_for(o, index);

    if (index == o->oldest) {
        slot->state = SLOT_OPEN;
        sink_put(o->sink, line, len);
        advance(o);
        return;
    }
    slot->line = xmalloc(len);
    memcpy(slot->line, line, len);
    slot->len = len;
    slot->state = SLOT_HELD;
    o->held_bytes += len;
}

void
order_skip(struct order *o, uint64_t index)
{
    struct slot *slot = slot_for(o, index);

    if (index != o->oldest) {
        slot->state = SLOT_SKIPPED;
        return;
    }
    slot->state = SLOT_OPEN;
    advance(o);
}

bool
order_is_done(const struct order *o, uint64_t index)
{
    return o->oldest == index && o->held_bytes == 0;
}
