/*
 * order.h - holds result lines back until all earlier ones are written
 * (--ordered).
 *
 * A ring of slots, from the oldest record without a line to the newest record
 * read.  It grows as far as the caller reads ahead, so ask order_has_room()
 * before reading.
 */
#ifndef ORDER_H
#define ORDER_H

#include "base/base.h"

struct order;
struct sink;

/*
 * sink    borrowed; gets the lines
 * window  how many records there may be from the oldest without a line to the
 *         newest, at least 1
 */
NODISCARD struct order *order_new(struct sink *sink, size_t window);
void order_free(struct order *o); /* NULL is fine */

/* May the record with this index be read, if all before it were? */
bool order_has_room(const struct order *o, uint64_t index);

/*
 * May more jobs start?  False if many lines are held and the oldest record is
 * in flight, whose line will release some.
 */
bool order_may_start(const struct order *o);

/* A record's request is in flight, or no longer is although it has no line. */
void order_set_in_flight(struct order *o, uint64_t index, bool is_in_flight);

/* Write a record's line, or hold a copy of it. */
void order_put(struct order *o, uint64_t index, const char *line, size_t len);

/* A record gets no line. */
void order_skip(struct order *o, uint64_t index);

/* Is nothing held, and every record before this index written? */
bool order_is_done(const struct order *o, uint64_t index);

#endif /* ORDER_H */
