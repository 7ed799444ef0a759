/*
 * json_skim.h - finds the members of a JSON object without validating it, at a
 * gigabyte a second.
 *
 * Used for a first look at millions of lines that are probably JSON.  A line
 * that is used is then read by json_reader.h.  Never reads beyond the text,
 * whatever it holds.
 */
#ifndef JSON_SKIM_H
#define JSON_SKIM_H

#include "base/base.h"
#include "base/span.h"

enum json_skim_status {
    JSON_SKIM_MEMBER,
    JSON_SKIM_END,    /* the object is closed, and nothing follows it */
    JSON_SKIM_BROKEN, /* not an object, or an incomplete one */
};

struct json_skim {
    const char *pos, *end;
};

void json_skim_init(struct json_skim *s, struct span text);

/* The next member: its key with quotes and escapes, and its value. */
NODISCARD enum json_skim_status
json_skim_member(struct json_skim *s, struct span *key, struct span *value);

#endif /* JSON_SKIM_H */
