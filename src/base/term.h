/*
 * term.h - what a terminal can do.  No state: each call asks.
 */
#ifndef TERM_H
#define TERM_H

#include "base/base.h"

/*
 * To the line's beginning, and erase what is there and below.  A line that is
 * to be erased so ends in "\r": wrapped into several by a terminal that was
 * made narrower, it still begins where the cursor is.  The blank is for tmux,
 * where erasing from the screen's first column on fills the history.
 */
#define TERM_ERASE "\r \033[J\r"

#define TERM_RED    "\033[31m"
#define TERM_GREEN  "\033[32m"
#define TERM_YELLOW "\033[33m"
#define TERM_PLAIN  "\033[m"

/* Is fd a terminal that understands escape sequences (TERM says so)? */
bool term_is_capable(int fd);

/* Is it one that colours are welcome on (NO_COLOR says not)? */
bool term_has_colors(int fd);

/* Its width in columns; 80 where it doesn't say. */
size_t term_width(int fd);

/*
 * Does another process of our pipeline print to the terminal fd?  That is one
 * of our process group, but for those that wait for us, whose standard output
 * is this terminal.  Where nothing can be found out the answer is no.
 */
bool term_is_shared(int fd);

#endif /* TERM_H */
