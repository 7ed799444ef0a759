/*
 * json_skim.h - the members of a JSON object found without checking that it is
 * one, at a gigabyte a second.
 *
 * For a first look at millions of lines that are likely to be JSON; what is
 * taken from one in the end is read by json_reader.h.  Never looks beyond the
 * text, whatever it is.
 */
#ifndef JSON_SKIM_H
#define JSON_SKIM_H

#include "base/base.h"
#include "base/json_reader.h"

enum json_skim_status {
    JSON_SKIM_MEMBER,
    JSON_SKIM_END,    /* the object is closed, and nothing follows it */
    JSON_SKIM_BROKEN, /* it is no object, or not a whole one */
};

struct json_skim {
    const char *pos, *end;
};

void json_skim_init(struct json_skim *s, struct span text);

/* The next member: its key with quotes and escapes, and its value. */
NODISCARD enum json_skim_status
json_skim_member(struct json_skim *s, struct span *key, struct span *value);

#endif /* JSON_SKIM_H */
