/*
 * fuzz_json.c - what reads JSON text agrees about it: a valid object has the
 * same members for the quick reader, and the compact form has the same value.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json_canonical.h"
#include "base/json_compact.h"
#include "base/json_reader.h"
#include "base/json_skim.h"
#include "base/span.h"

static bool
is_within(struct span part, struct span text)
{
    return part.p >= text.p && part.p + part.len <= text.p + text.len;
}

/* How many members the quick reader finds; -1: the object is not whole. */
static int
count_skimmed(struct span text)
{
    enum json_skim_status status;
    struct json_skim s;
    struct span key, value;
    int n = 0;

    json_skim_init(&s, text);
    while ((status = json_skim_member(&s, &key, &value)) == JSON_SKIM_MEMBER) {
        check(is_within(key, text) && is_within(value, text));
        n++;
    }
    return status == JSON_SKIM_END ? n : -1;
}

static int
count_members(struct span object)
{
    struct span_walk w;
    struct span key, value;
    int n = 0;

    span_walk_init(&w, object);
    while (span_walk_member(&w, &key, &value)) {
        check(is_within(key, object) && is_within(value, object));
        n++;
    }
    return n;
}

static void
check_compact(struct span text)
{
    struct buf compact = BUF_INIT, value = BUF_INIT, again = BUF_INIT;
    struct span_flaw flaw;

    compact_json(&compact, text.p, text.len);
    check(span_is_json((struct span){compact.data, compact.len}, &flaw));
    json_canonical(&value, text.p, text.len);
    json_canonical(&again, compact.data, compact.len);
    check(value.len == again.len &&
          memcmp(value.data, again.data, value.len) == 0);
    buf_fini(&compact);
    buf_fini(&value);
    buf_fini(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* A copy of its size: a sanitizer sees what is read beyond it. */
    char *copy = malloc(size ? size : 1);
    struct span text = {copy, size};
    struct span_flaw flaw;
    int nskimmed;

    check(copy != NULL);
    memcpy(copy, data, size);
    nskimmed = count_skimmed(text);
    if (span_is_json(text, &flaw)) {
        struct span value = span_trim(text);
        const char *why = compact_is_readable(text);

        check(!why || why[0] != '\0');
        check_compact(text);
        if (value.p[0] == '{')
            check(nskimmed == count_members(value));
    } else {
        check(flaw.what && flaw.at <= size && !compact_is_json(copy, size));
    }
    free(copy);
    return 0;
}
