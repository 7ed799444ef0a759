/*
 * term.h - what a terminal can do.  Has no state: each call asks the system.
 */
#ifndef TERM_H
#define TERM_H

#include "base/base.h"

/*
 * Moves to the start of the line and erases from there to the end of the
 * screen.  A line that is erased with this must end in "\r": if a narrower
 * terminal wraps it, it still starts at the cursor.  The blank is for tmux,
 * which fills its history when the screen is erased from its first column.
 */
#define TERM_ERASE "\r \033[J\r"

#define TERM_RED    "\033[31m"
#define TERM_GREEN  "\033[32m"
#define TERM_YELLOW "\033[33m"
#define TERM_PLAIN  "\033[m"

/* Is fd a terminal that understands escape sequences (TERM says so)? */
bool term_is_capable(int fd);

/* Is it a terminal on which colours are welcome (NO_COLOR is not set)? */
bool term_has_colors(int fd);

/* Its width in columns, or 80 if unknown. */
size_t term_width(int fd);

/*
 * Does another process of our pipeline write to the terminal fd?  That is a
 * process of our group, other than our ancestors, whose standard output is
 * this terminal.  False if this cannot be found out.
 */
bool term_is_shared(int fd);

#endif /* TERM_H */
