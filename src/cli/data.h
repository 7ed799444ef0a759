/*
 * data.h - the body that -d, --data-... and --json describe piece by piece.
 *
 * The pieces are those of curl: what a server gets is the same byte for byte.
 */
#ifndef DATA_H
#define DATA_H

#include "base/base.h"

struct opt_row;
struct opts_store;

/*
 * Add one piece to opts.data: joined with "&" to a body that is not empty, or
 * for --json with nothing between them.  row's kind says what text means:
 *
 *   OPT_DATA            text, or @FILE without its CRs, LFs and NULs
 *   OPT_DATA_BINARY     text, or @FILE as it is
 *   OPT_DATA_RAW        text, whatever it begins with
 *   OPT_DATA_URLENCODE  CONTENT, =CONTENT, NAME=CONTENT, @FILE or NAME@FILE,
 *                       the content percent-encoded and a space as "+"
 *   OPT_JSON            text, or @FILE as it is
 *
 * -1: a file can't be read, reported.
 */
NODISCARD int data_add(struct opts_store *store, const struct opt_row *row,
                       const char *text);

#endif /* DATA_H */
