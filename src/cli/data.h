/*
 * data.h - assembles the body of -d, --data-... and --json from its pieces.
 *
 * The pieces work as in curl: the server gets the same bytes.
 */
#ifndef DATA_H
#define DATA_H

#include "base/base.h"

struct opt_row;
struct opts_store;

/*
 * Add one piece to opts.data, joined with "&" if the body is not empty; --json
 * joins without a separator. row's kind says how to read text:
 *
 *   OPT_DATA            text, or @FILE without its CRs, LFs and NULs
 *   OPT_DATA_BINARY     text, or @FILE unchanged
 *   OPT_DATA_RAW        text, whatever it begins with
 *   OPT_DATA_URLENCODE  CONTENT, =CONTENT, NAME=CONTENT, @FILE or NAME@FILE,
 *                       the content percent-encoded and a space as "+"
 *   OPT_JSON            text, or @FILE unchanged
 *
 * Returns -1 if a file cannot be read, which was reported.
 */
NODISCARD int data_add(struct opts_store *store, const struct opt_row *row,
                       const char *text);

#endif /* DATA_H */
