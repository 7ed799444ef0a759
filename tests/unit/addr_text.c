#include "addr_text.h"

#include "base/buf.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

struct addr
addr_of(const char *text)
{
    struct addr addr;

    cr_assert_eq(addr_parse(text, strlen(text), &addr), 0, "'%s'", text);
    return addr;
}

struct addr_list
addr_list_of(const char *text, struct addr *v, size_t max)
{
    size_t n = 0;

    while (text && *text) {
        size_t len = strcspn(text, ",");

        cr_assert_lt(n, max);
        cr_assert_eq(addr_parse(text, len, &v[n++]), 0, "'%s'", text);
        text += len + (text[len] == ',');
    }
    return (struct addr_list){v, n};
}

const char *
addr_list_text(struct addr_list list)
{
    static char text[4096];
    struct buf b = BUF_INIT;

    addr_list_write(&b, list);
    buf_addc(&b, '\0');
    snprintf(text, sizeof(text), "%s", b.data);
    buf_fini(&b);
    return text;
}
