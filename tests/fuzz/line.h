/*
 * line.h - for fuzz targets: what every result line must be.
 */
#ifndef LINE_H
#define LINE_H

#include "fuzz.h"

#include <jansson.h>

#include "base/buf.h"
#include "base/utf8.h"

/*
 * One line, one JSON object, valid UTF-8, no control byte.  Where JSON text
 * is taken over (a body, meta) it may have a key twice; nothing else may.
 */
static void
check_line(const struct buf *line, bool has_json)
{
    size_t flags = JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL;
    json_t *v;

    check(line->len > 2 && utf8_valid(line->data, line->len));
    for (size_t i = 0; i < line->len - 1; i++)
        check((unsigned char)line->data[i] >= 0x20 && line->data[i] != 0x7f);
    check(line->data[line->len - 1] == '\n');
    v = json_loadb(line->data, line->len,
                   has_json ? flags : flags | JSON_REJECT_DUPLICATES, NULL);
    check(json_is_object(v));
    json_decref(v);
}

#endif /* LINE_H */
