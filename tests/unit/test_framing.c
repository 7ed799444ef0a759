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

/* Of a head with these lines, each ending in a newline. */
static struct framing
framing_of(const char *lines)
{
    struct framing f;
    size_t len;

    framing_begin(&f);
    for (; *lines; lines += len) {
        len = strcspn(lines, "\n") + 1;
        framing_add_line(&f, lines, len);
    }
    return f;
}

/* -2: it is wrong. */
static int64_t
length_of(const char *lines)
{
    struct framing f = framing_of(lines);

    return f.is_wrong ? -2 : f.length;
}

Test(framing, a_length_is_one_number)
{
    cr_expect_eq(length_of(""), -1);
    cr_expect_eq(length_of("X: Content-Length: 3\r\n"), -1);
    cr_expect_eq(length_of("Content-Length: 3\r\n"), 3);
    cr_expect_eq(length_of("content-length:3\n"), 3);
    cr_expect_eq(length_of("Content-Length : \t003 \r\n"), 3);
    cr_expect_eq(length_of("X: 1\r\n Content-Length: 3\r\n"), -1);
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

static void
expect_coding(const char *lines, bool is_chunked, bool is_wrong)
{
    struct framing f = framing_of(lines);

    cr_expect(f.is_coded, "%s", lines);
    cr_expect_eq(f.is_chunked, is_chunked, "%s", lines);
    cr_expect_eq(f.is_wrong, is_wrong, "%s", lines);
}

Test(framing, a_coding_is_one_that_libcurl_sees)
{
    expect_coding("Transfer-Encoding: chunked\r\n", true, false);
    expect_coding("transfer-encoding:gzip,\tCHUNKED \r\n", true, false);
    expect_coding("Transfer-Encoding: chunkedx, x\n", false, false);
    expect_coding("Transfer-Encoding: \r\n", false, false);
    expect_coding("Transfer-Encoding : chunked\r\n", true, true);
    expect_coding("Transfer-Encoding\t: chunked\r\n", true, true);
    expect_coding("Transfer-Encoding:\r\n chunked\r\n", false, true);
    expect_coding("Transfer-Encoding: gzip,\r\n\tchunked\r\n", false, true);
    cr_expect_not(framing_of("X: 1\r\n Transfer-Encoding: x\r\n").is_coded);
}

Test(framing, a_coding_other_than_chunked_is_not_asked_for)
{
    static const char *const unasked[] = {
        "Transfer-Encoding: gzip\r\n",
        "transfer-encoding: gzip, chunked\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: ,\tx\r\n",
        "Transfer-Encoding: chunked;a=b\r\n",
    };
    static const char *const others[] = {
        "Transfer-Encoding: , Chunked ,identity,\r\n",
        "Transfer-Encoding:\r\n",
        "X-Transfer-Encoding: gzip\r\n",
    };

    for (size_t i = 0; i < sizeof(unasked) / sizeof(*unasked); i++)
        cr_expect(framing_of(unasked[i]).is_unasked, "%s", unasked[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        cr_expect_not(framing_of(others[i]).is_unasked, "%s", others[i]);
}

Test(framing, close_is_a_word_of_connection)
{
    static const char *const closing[] = {
        "Connection: close\r\n",
        "connection:upgrade,Close\n",
        "Connection: keep-alive , CLOSE , x\r\n",
        "Connection: keep-alive\r\nConnection: ,close\r\n",
    };
    static const char *const others[] = {
        "Connection: closed\r\n",
        "Connection: x-close\r\n",
        "Connection: keep-alive\r\n",
        "X-Connection: close\r\n",
        "Connection:\r\n",
    };

    for (size_t i = 0; i < sizeof(closing) / sizeof(*closing); i++)
        cr_expect(framing_of(closing[i]).ends_connection, "%s", closing[i]);
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        cr_expect_not(framing_of(others[i]).ends_connection, "%s", others[i]);
}
