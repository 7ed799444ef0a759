/*
 * status_line.h - the text of the status line.
 */
#ifndef STATUS_LINE_H
#define STATUS_LINE_H

#include "base/base.h"

struct buf;
struct progress_facts;

/*
 * The status line, without a newline: at most width columns of printable
 * ASCII, and with has_colors escape sequences.  If the width is too small,
 * short forms are used and then parts left out. rate is the recent number of
 * results per second.
 */
void status_line_format(struct buf *out, const struct progress_facts *f,
                        double rate, size_t width, bool has_colors);

#endif /* STATUS_LINE_H */
