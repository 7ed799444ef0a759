/*
 * order.h - result lines held back until those before them are there.
 *
 * A ring of slots, one for each record from the oldest without a line to the
 * newest that was read.  It grows as far as the caller reads ahead, who
 * therefore has to ask order_has_room() before he reads on.
 */
#ifndef ORDER_H
#define ORDER_H

#include "base/base.h"

struct order;
struct sink;

/*
 * sink   borrowed; gets the lines
 * window records from the oldest without a line to the newest, at least 1
 */
NODISCARD struct order *order_new(struct sink *sink, size_t window);
void order_free(struct order *o); /* NULL is fine */

/* May the record with this index be read, the ones before it having been? */
bool order_has_room(const struct order *o, uint64_t index);

/*
 * May more be started?  No, where what is held is much and the oldest record
 * is on its way, so that it will become less.
 */
bool order_may_start(const struct order *o);

/* A record's request is on its way, or no longer though it has no line. */
void order_set_flying(struct order *o, uint64_t index, bool is_flying);

/* A record's line; written now or held, in a copy. */
void order_put(struct order *o, uint64_t index, const char *line, size_t len);

/* A record gets no line. */
void order_skip(struct order *o, uint64_t index);

/* Nothing is held, and all that was read before this index is written. */
bool order_is_done(const struct order *o, uint64_t index);

size_t order_held_bytes(const struct order *o);

#endif /* ORDER_H */
