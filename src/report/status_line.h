/*
 * status_line.h - the text of the status line.
 */
#ifndef STATUS_LINE_H
#define STATUS_LINE_H

#include "base/base.h"

struct buf;
struct progress_facts;

/*
 * The status line, without a newline, at most width columns of printable
 * ASCII, and with has_colors escape sequences for these.  Where there is not
 * room for all, short forms are taken and then whole facts left out.  rate is
 * results per second as of late.
 */
void status_line_format(struct buf *out, const struct progress_facts *f,
                        double rate, size_t width, bool has_colors);

#endif /* STATUS_LINE_H */
