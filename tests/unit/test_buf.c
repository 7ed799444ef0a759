#include "base/alloc.h"
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

static void
assert_holds(const struct buf *b, const char *text)
{
    cr_assert_eq(b->len, strlen(text), "%zu bytes", b->len);
    cr_assert_eq(memcmp(b->data, text, b->len), 0, "'%.*s'", (int)b->len,
                 b->data);
}

Test(buf, pieces_are_joined)
{
    struct buf b = BUF_INIT;

    buf_addstr(&b, "one");
    buf_addc(&b, ',');
    buf_add(&b, "two!", 3);
    buf_printf(&b, ",%d%s", 3, "");
    buf_addstr(&b, "");
    buf_add(&b, NULL, 0);
    assert_holds(&b, "one,two,3");
    buf_fini(&b);
}

Test(buf, grows_by_bytes_without_losing_any)
{
    struct buf b = BUF_INIT;

    for (size_t i = 0; i < 100000; i++)
        buf_addc(&b, (char)(i % 127));
    cr_assert_eq(b.len, 100000);
    for (size_t i = 0; i < b.len; i++)
        cr_assert_eq(b.data[i], (char)(i % 127), "byte %zu", i);
    buf_fini(&b);
}

Test(buf, growing_is_not_quadratic)
{
    struct buf b = BUF_INIT;
    size_t nmoves = 0, cap = 0;

    for (size_t i = 0; i < 1 << 20; i++) {
        buf_addc(&b, 'x');
        nmoves += b.cap != cap;
        cap = b.cap;
    }
    cr_assert_lt(nmoves, 32);
    cr_assert_leq(b.cap, 2 << 20);
    buf_fini(&b);
}

Test(buf, formatted_text_fits_whatever_its_length)
{
    for (int width = 1; width < 300; width++) {
        struct buf b = BUF_INIT;

        buf_addstr(&b, "ab");
        buf_printf(&b, "%*d", width, 7);
        cr_assert_eq(b.len, (size_t)width + 2);
        cr_assert_eq(b.data[b.len - 1], '7');
        cr_assert_eq(b.data[0], 'a');
        buf_fini(&b);
    }
}

Test(buf, reserved_room_can_be_written_and_is_not_counted)
{
    struct buf b = BUF_INIT;
    char *room;

    buf_addstr(&b, "abc");
    room = buf_reserve(&b, 1000);
    memset(room, 'x', 1000);
    assert_holds(&b, "abc");
    cr_assert_eq(room, b.data + 3);
    cr_assert_geq(b.cap, 1003);
    buf_fini(&b);
}

Test(buf, consumed_bytes_leave_the_front)
{
    struct buf b = BUF_INIT;

    buf_consume(&b, 0);
    buf_addstr(&b, "abcdef");
    buf_consume(&b, 2);
    assert_holds(&b, "cdef");
    buf_consume(&b, 0);
    buf_addstr(&b, "g");
    assert_holds(&b, "cdefg");
    buf_consume(&b, b.len);
    cr_assert_eq(b.len, 0);
    buf_fini(&b);
}

Test(buf, clearing_keeps_the_memory_and_freeing_does_not)
{
    struct buf b = BUF_INIT;
    char *data;

    buf_addstr(&b, "abc");
    data = b.data;
    buf_clear(&b);
    cr_assert_eq(b.len, 0);
    cr_assert_eq(b.data, data);
    buf_fini(&b);
    cr_assert_null(b.data);
    cr_assert_eq(b.cap, 0);
    buf_addc(&b, 'x');
    assert_holds(&b, "x");
    buf_fini(&b);
}

/* A size that overflows must not become a small one. */
Test(buf, an_impossible_size_ends_the_run, .exit_code = 4)
{
    struct buf b = BUF_INIT;

    buf_addstr(&b, "abc");
    buf_reserve(&b, SIZE_MAX - 1);
}

Test(alloc, out_of_memory_ends_the_run, .exit_code = 4)
{
    free(xmalloc(SIZE_MAX / 2));
}

Test(alloc, a_product_that_overflows_ends_the_run, .exit_code = 4)
{
    free(xcalloc(SIZE_MAX / 2, 4));
}

Test(alloc, zero_bytes_are_allocated_too)
{
    char *p = xmalloc(0);
    char *q = xcalloc(0, 8);

    cr_assert_not_null(p);
    cr_assert_not_null(q);
    p = xrealloc(p, 0);
    cr_assert_not_null(p);
    free(p);
    free(q);
}

Test(alloc, copies_are_whole)
{
    char *a = xstrdup("text");
    char *b = xstrndup("te\0t", 4);

    cr_assert_str_eq(a, "text");
    cr_assert_arr_eq(b, "te\0t", 5);
    free(a);
    free(b);
}
