/*
 * form_option.h - the parts that -F and --form-string describe, as curl reads
 * them.
 */
#ifndef FORM_OPTION_H
#define FORM_OPTION_H

#include "base/base.h"

struct opt_row;
struct opts_store;

/*
 * Add NAME=CONTENT, NAME=@FILE[,FILE]... or NAME=<FILE to opts.form, each
 * with ";type=...", ";filename=..." and ";encoder=..." behind it; for
 * OPT_FORM_STRING NAME=TEXT alone.  -1: it is none, or a file can't be read;
 * reported.
 */
NODISCARD int form_option_add(struct opts_store *store,
                              const struct opt_row *row, const char *text);

#endif /* FORM_OPTION_H */
