#include "engine/framing.h"

#include <string.h>

#include <criterion/criterion.h>

static void
expect_status(const char *line, int status, bool is_http1)
{
    bool is = !is_http1;
    int got = framing_status(line, strlen(line), &is);

    cr_expect_eq(got, status, "'%s': %d", line, got);
    if (status)
        cr_expect_eq(is, is_http1, "'%s'", line);
}

Test(framing, a_status_line_has_a_version_and_three_digits)
{
    expect_status("HTTP/1.1 200 OK\r\n", 200, true);
    expect_status("HTTP/1.0 404\n", 404, true);
    expect_status("http/1.1 100 C\r\n", 100, true);
    expect_status("HTTP/2 999 \r\n", 999, false);
    expect_status("HTTP/1.1 200OK\r\n", 200, true);
    expect_status("HTTP/1.1 2000 OK\r\n", 0, true);
    expect_status("HTTP/1.1 20 OK\r\n", 0, true);
    expect_status("HTTP/1.1 099 OK\r\n", 0, true);
    expect_status("HTTP/1.1  200 OK\r\n", 0, true);
    expect_status("HTTP/1.1 OK\r\n", 0, true);
    expect_status("HTTP/1.1\t200 OK\r\n", 0, true);
    expect_status("X-A: HTTP/1.1 200\r\n", 0, true);
    expect_status("HTTP/1.1 \r\n", 0, true);
    expect_status("HTTP/", 0, true);
    expect_status("\r\n", 0, true);
}

/* Of a head with these lines, each ending in a newline; -2: it is wrong. */
static int64_t
length_of(const char *lines)
{
    struct framing f;
    size_t len;

    framing_begin(&f);
    for (; *lines; lines += len) {
        len = strcspn(lines, "\n") + 1;
        framing_add_line(&f, lines, len);
    }
    return f.is_wrong ? -2 : f.length;
}

Test(framing, a_length_is_one_number)
{
    cr_expect_eq(length_of(""), -1);
    cr_expect_eq(length_of("X: Content-Length: 3\r\n"), -1);
    cr_expect_eq(length_of("Content-Length: 3\r\n"), 3);
    cr_expect_eq(length_of("content-length:3\n"), 3);
    cr_expect_eq(length_of("Content-Length : \t003 \r\n"), 3);
    cr_expect_eq(length_of("Content-Length: 0\r\nContent-Length: 0\r\n"), 0);
    cr_expect_eq(length_of("Content-Length: 3 ,3\r\n"), 3);
    cr_expect_eq(length_of("Content-Length: 922337203685477579\r\n"),
                 INT64_C(922337203685477579));
}

Test(framing, anything_else_is_wrong)
{
    cr_expect_eq(length_of("Content-Length: 3\r\nContent-Length: 4\r\n"), -2);
    cr_expect_eq(length_of("Content-Length: 3\r\n 4\r\n"), -2);
    cr_expect_eq(length_of("Content-Length: 3, 4\r\n"), -2);
    cr_expect_eq(length_of("Content-Length: 3,\r\n"), -2);
    cr_expect_eq(length_of("Content-Length: 3 4\r\n"), -2);
    cr_expect_eq(length_of("Content-Length: 3x\r\n"), -2);
    cr_expect_eq(length_of("Content-Length: \r\n"), -2);
    cr_expect_eq(length_of("Content-Length: +3\r\n"), -2);
    cr_expect_eq(length_of("Content-Length: -3\r\n"), -2);
    cr_expect_eq(length_of("Content-Length: 9223372036854775808\r\n"), -2);
    cr_expect_eq(length_of("Content-Length: 99999999999999999999999\r\n"), -2);
}
