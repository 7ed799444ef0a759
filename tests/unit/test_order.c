#include "base/buf.h"
#include "output/order.h"
#include "output/sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

static char path[] = "/tmp/test_order.XXXXXX";
static struct sink *sink;

static void
start(void)
{
    int fd = mkstemp(path);

    cr_assert(fd >= 0);
    close(fd);
    sink = sink_new(path);
    cr_assert(sink);
}

static void
stop(void)
{
    sink_free(sink);
    unlink(path);
}

TestSuite(order, .init = start, .fini = stop);

static void
put(struct order *o, uint64_t index)
{
    char line[32];
    int len = snprintf(line, sizeof(line), "%llu\n", (unsigned long long)index);

    order_put(o, index, line, (size_t)len);
}

/* The text written so far, with spaces for newlines. */
static const char *
written(void)
{
    static char text[4096];
    FILE *f;
    size_t n;

    cr_assert_eq(sink_flush(sink), SINK_OK);
    f = fopen(path, "r");
    cr_assert(f);
    n = fread(text, 1, sizeof(text) - 1, f);
    fclose(f);
    text[n] = '\0';
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\n')
            text[i] = ' ';
    }
    return text;
}

Test(order, lines_wait_for_those_before_them)
{
    struct order *o = order_new(sink, 10);

    put(o, 2);
    put(o, 1);
    cr_expect_str_eq(written(), "");
    cr_expect_not(order_is_done(o, 3));
    put(o, 0);
    cr_expect_str_eq(written(), "0 1 2 ");
    put(o, 3);
    cr_expect_str_eq(written(), "0 1 2 3 ");
    cr_expect(order_is_done(o, 4));
    order_free(o);
}

Test(order, skipped_records_are_not_waited_for)
{
    struct order *o = order_new(sink, 10);

    order_skip(o, 0);
    put(o, 2);
    order_skip(o, 3);
    put(o, 4);
    cr_expect_str_eq(written(), "");
    order_skip(o, 1);
    cr_expect_str_eq(written(), "2 4 ");
    cr_expect(order_is_done(o, 5));
    order_free(o);
}

Test(order, the_window_ends_the_reading)
{
    struct order *o = order_new(sink, 3);

    for (uint64_t i = 0; i < 3; i++)
        cr_expect(order_has_room(o, i));
    cr_expect_not(order_has_room(o, 3));
    put(o, 1);
    put(o, 2);
    cr_expect_not(order_has_room(o, 3));
    put(o, 0);
    cr_expect(order_has_room(o, 3));
    cr_expect(order_has_room(o, 5));
    cr_expect_not(order_has_room(o, 6));
    order_free(o);
}

Test(order, a_ring_that_grows_keeps_its_lines)
{
    enum { N = 700 };
    struct order *o = order_new(sink, N);
    struct buf want = BUF_INIT;

    for (uint64_t i = 0; i < 50; i++) /* so that it wraps */
        put(o, i);
    for (uint64_t i = N - 1; i > 50; i--)
        put(o, i);
    put(o, 50);
    for (int i = 0; i < N; i++)
        buf_printf(&want, "%d ", i);
    buf_addc(&want, '\0');
    cr_expect_str_eq(written(), want.data);
    cr_expect(order_is_done(o, N));
    buf_fini(&want);
    order_free(o);
}

Test(order, many_bytes_held_end_reading_and_starting)
{
    enum { LINE = 16 * 1024 * 1024 };
    struct order *o = order_new(sink, 100);
    char *line = malloc(LINE);

    cr_assert(line);
    memset(line, '\n', LINE);
    order_set_in_flight(o, 0, true);
    for (uint64_t i = 1; i < 4; i++)
        order_put(o, i, line, LINE);
    cr_expect(order_has_room(o, 5));
    cr_expect(order_may_start(o));
    order_put(o, 4, line, LINE);
    cr_expect_not(order_has_room(o, 5));
    cr_expect_not(order_may_start(o));
    /* The job is tried again, which must be allowed. */
    order_set_in_flight(o, 0, false);
    cr_expect(order_may_start(o));
    put(o, 0);
    cr_expect(order_has_room(o, 5));
    cr_expect(order_may_start(o));
    order_free(o);
    free(line);
}

Test(order, lines_that_are_never_written_are_freed)
{
    struct order *o = order_new(sink, 10);

    put(o, 3);
    put(o, 1);
    order_free(o); /* a leak is the sanitizer's to find */
    order_free(NULL);
    cr_expect_str_eq(written(), "");
}
