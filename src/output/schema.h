/*
 * schema.h - the JSON Schema of the result line, for --help=schema.
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "base/base.h"

struct buf;

/*
 * Append the schema (JSON Schema 2020-12), indented, with a final newline.
 * Its properties are the rows of result_line's table.
 *
 * summary  the summary's schema as JSON: it becomes "summary" in $defs
 */
void schema_write(struct buf *out, const char *summary);

/* The schema of a key's value; NULL: schema.c has none for it. */
const char *schema_type(const char *key, size_t len);

#endif /* SCHEMA_H */
