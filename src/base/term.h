/*
 * term.h - what a terminal can do.  No state: each call asks.
 */
#ifndef TERM_H
#define TERM_H

#include "base/base.h"

/* To the line's beginning, and erase it. */
#define TERM_ERASE_LINE "\r\033[K"

/* Is fd a terminal that understands escape sequences (TERM says so)? */
bool term_is_capable(int fd);

/* Its width in columns; 80 where it doesn't say. */
size_t term_width(int fd);

#endif /* TERM_H */
