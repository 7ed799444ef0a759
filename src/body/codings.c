#include "body/codings.h"

#include <string.h>

#include "base/ascii.h"
#include "base/budgets.h"

static void
add_one(struct codings *c, const char *name, size_t len)
{
    if (len == 0 || ascii_is_word(name, len, "identity") ||
        ascii_is_word(name, len, "none"))
        return;
    if (c->n == CODINGS_MAX) {
        c->is_too_long = true;
        return;
    }
    if (c->n++ > 0)
        buf_addstr(&c->text, ", ");
    buf_add(&c->text, name, len);
}

void
codings_fini(struct codings *c)
{
    buf_fini(&c->text);
    c->n = 0;
    c->is_too_long = false;
}

void
codings_add(struct codings *c, const char *value, size_t len)
{
    const char *end = value + len;

    while (value < end) {
        const char *start = value;

        while (value < end && *value != ',' && !ascii_is_white(*value))
            value++;
        add_one(c, start, (size_t)(value - start));
        value += value < end;
    }
}
