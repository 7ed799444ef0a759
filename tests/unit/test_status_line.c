#include "base/buf.h"
#include "report/progress.h"
#include "report/status_line.h"
#include "report/tally.h"

#include <string.h>

#include <criterion/criterion.h>

static struct buf line;

static void
forget_line(void)
{
    buf_fini(&line);
}

TestSuite(status_line, .fini = forget_line);

/* The line's text. */
static const char *
format(const struct progress_facts *f, double rate, size_t width)
{
    buf_clear(&line);
    status_line_format(&line, f, rate, width, false);
    buf_addc(&line, '\0');
    return line.data;
}

static void
expect_line(const struct progress_facts *f, double rate, const char *want)
{
    const char *got = format(f, rate, 200);

    cr_expect_str_eq(got, want, "'%s', not '%s'", got, want);
}

static const struct tally some = {
    .nok = 1200,
    .nfailed = 34,
    .by_class = {[ERR_TIMEOUT] = 20, [ERR_DNS] = 14},
    .size_download = 3 << 20,
};
static const struct tally none = {0};

Test(status_line, of_a_pipe_counts_what_was_read)
{
    struct progress_facts f = {.tally = &some,
                               .elapsed_us = 65 * US_PER_S,
                               .nread = 1500,
                               .ninflight = 100,
                               .nbusy = 12};

    expect_line(&f, 410,
                "1234/1500 records  410/s  1200 ok"
                "  34 failed (timeout 20, dns 14)"
                "  100 in flight  12 hosts busy  3.00 MiB  1:05");
}

Test(status_line, of_files_has_an_estimate_and_the_time_left)
{
    struct progress_facts f = {.tally = &some,
                               .nread = 2000,
                               .ninflight = 5,
                               .nbusy = 1,
                               .done_bytes = 50000,
                               .total_bytes = 250000};

    /* 2000 records in a fifth; 8766 are left. */
    expect_line(&f, 87.66,
                " 12% 1234/~10000 records  87.7/s  ETA 1:40  1200 ok"
                "  34 failed (timeout 20, dns 14)"
                "  5 in flight  1 host busy  3.00 MiB  0:00");
}

Test(status_line, once_all_is_read_the_number_is_exact)
{
    struct progress_facts f = {.tally = &some,
                               .nread = 2468,
                               .input_ended = true,
                               .done_bytes = 1,
                               .total_bytes = 9};

    expect_line(&f, 617,
                " 50% 1234/2468 records  617/s  ETA 0:02  1200 ok"
                "  34 failed (timeout 20, dns 14)"
                "  0 in flight  0 hosts busy  3.00 MiB  0:00");
}

Test(status_line, before_the_first_result_there_is_no_estimate)
{
    struct progress_facts f = {.tally = &none, .total_bytes = 100};

    expect_line(&f, 0,
                "0/0 records  0.00/s  0 ok  0 failed  0 in flight"
                "  0 hosts busy  0 B  0:00");
    f.done_bytes = 10;
    f.nread = 3;
    expect_line(&f, 0,
                "  0% 0/~30 records  0.00/s  0 ok  0 failed"
                "  0 in flight  0 hosts busy  0 B  0:00");
}

Test(status_line, a_stopped_run_has_no_more_to_come_than_was_read)
{
    struct progress_facts f = {.tally = &some,
                               .nread = 1244,
                               .ninflight = 10,
                               .nbusy = 2,
                               .is_stopping = true,
                               .done_bytes = 10,
                               .total_bytes = 1000};

    expect_line(&f, 10,
                "stopping:   99% 1234/1244 records  10.0/s  1200 ok"
                "  34 failed (timeout 20, dns 14)"
                "  10 in flight  2 hosts busy  3.00 MiB  0:00");
}

Test(status_line, skipped_records_are_done_but_not_ok)
{
    struct progress_facts f = {
        .tally = &none, .nread = 20, .nskipped = 10, .input_ended = true};

    expect_line(&f, 1,
                " 50% 10/20 records  1.0/s  ETA 0:10  0 ok  0 failed"
                "  10 skipped  0 in flight  0 hosts busy  0 B  0:00");
}

static const struct tally many = {
    .nok = 1200,
    .nfailed = 43,
    .by_class = {[ERR_TIMEOUT] = 20, [ERR_DNS] = 14, [ERR_TLS] = 9},
    .size_download = 3 << 20,
};

Test(status_line, in_a_narrow_terminal_whole_facts_are_left_out)
{
    static const char *const want[] = {
        " 12% 1250/~10000  85.0/s  ETA 1:42  1200 ok"
        "  43 failed (timeout 20, dns 14, tls 9)"
        "  7 skipped  5 at 3 hosts  3.00 MiB  0:00",
        " 12% 1250/~10000  85.0/s  ETA 1:42  1200 ok"
        "  43 failed (timeout 20, dns 14, tls 9)"
        "  7 skipped  5 at 3 hosts  3.00 MiB",
        " 12% 1250/~10000 85.0/s ETA 1:42 1200 ok"
        " 43 failed (timeout 20, dns 14, tls 9)"
        " 7 skipped 5 at 3 hosts 3.00 MiB",
        " 12% 1250/~10000 85.0/s ETA 1:42 1200 ok"
        " 43 failed (timeout 20, dns 14, tls 9) 5 at 3 hosts 3.00 MiB",
        " 12% 1250/~10000 85.0/s ETA 1:42 1200 ok"
        " 43 failed (timeout 20, dns 14, ...) 5 at 3 hosts 3.00 MiB",
        " 12% 1250/~10000 85.0/s ETA 1:42 1200 ok"
        " 43 failed (timeout 20, dns 14, ...) 5 at 3 hosts",
        " 12% 1250/~10000 85.0/s ETA 1:42 1200 ok"
        " 43 failed (timeout 20, ...) 5 at 3 hosts",
        " 12% 1250/~10000 85.0/s ETA 1:42 1200 ok 43 failed 5 at 3 hosts",
        " 12% 1250/~10000 85.0/s ETA 1:42 1200 ok 43 failed",
        " 12% 1250/~10000 ETA 1:42 1200 ok 43 failed",
        " 12% 1250/~10000 ETA 1:42 43 failed",
        " 12% 1250/~10000 43 failed",
        " 12% 1250/~10000",
        " 12% 1250/~1000",
    };
    struct progress_facts f = {.tally = &many,
                               .nread = 2000,
                               .nskipped = 7,
                               .ninflight = 5,
                               .nbusy = 3,
                               .done_bytes = 50000,
                               .total_bytes = 250000};

    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        size_t width = strlen(want[i]);

        cr_expect_str_eq(format(&f, 85, width), want[i], "%zu: '%s'", width,
                         line.data);
    }
}

/* At any width every line is as long as it may be, and shows no half fact. */
Test(status_line, no_line_is_longer_than_the_terminal_is_wide)
{
    struct progress_facts f = {
        .tally = &many, .nread = 1500, .ninflight = 3, .nbusy = 1};

    for (size_t width = 0; width < 200; width++) {
        size_t len = strlen(format(&f, 410, width));

        cr_expect_leq(len, width);
        cr_expect(width < 9 || (len > 8 && line.data[len - 1] != ' '));
    }
}

Test(status_line, failures_are_red_if_colours_are_wanted)
{
    struct progress_facts f = {.tally = &some, .nread = 1500};

    buf_clear(&line);
    status_line_format(&line, &f, 410, 47, true);
    buf_addc(&line, '\0');
    cr_expect_str_eq(line.data,
                     "1234/1500 410/s 1200 ok"
                     " \033[31m34 failed\033[m 0 at 0 hosts",
                     "%s", line.data);
    f.tally = &none;
    buf_clear(&line);
    status_line_format(&line, &f, 410, 500, true);
    buf_addc(&line, '\0');
    cr_expect_null(strchr(line.data, '\033'), "nothing failed");
}

Test(status_line, huge_numbers_do_no_harm)
{
    struct tally t = {.nok = UINT64_MAX / 2, .size_download = UINT64_MAX};
    struct progress_facts f = {.tally = &t,
                               .elapsed_us = INT64_MAX,
                               .nread = UINT64_MAX,
                               .done_bytes = 1,
                               .total_bytes = UINT64_MAX};

    cr_expect_not_null(strstr(format(&f, 1e-9, 500), " ok"));
    cr_expect_null(strstr(line.data, "ETA"), "in more than 100 hours");
}
