/*
 * form_option.h - the parts of a form from -F and --form-string, in curl's
 * syntax.
 */
#ifndef FORM_OPTION_H
#define FORM_OPTION_H

#include "base/base.h"

struct opt_row;
struct opts_store;

/*
 * Add NAME=CONTENT, NAME=@FILE[,FILE]... or NAME=<FILE to opts.form, each
 * optionally followed by ";type=...", ";filename=..." and ";encoder=..."; for
 * OPT_FORM_STRING only NAME=TEXT.  Returns -1 if the text is invalid or a file
 * cannot be read, which was reported.
 */
NODISCARD int form_option_add(struct opts_store *store,
                              const struct opt_row *row, const char *text);

#endif /* FORM_OPTION_H */
