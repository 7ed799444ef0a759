#include "base/buf.h"
#include "base/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <criterion/criterion.h>

static int stderr_copy, reader;

/*
 * Catch what goes to stderr.  A socket that keeps messages apart: each
 * write(2) is one, so that a line written in two pieces would be seen.
 */
static void
catch_stderr(void)
{
    int fds[2];

    cr_assert_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds), 0);
    stderr_copy = dup(STDERR_FILENO);
    dup2(fds[1], STDERR_FILENO);
    close(fds[1]);
    reader = fds[0];
}

static void
release_stderr(void)
{
    dup2(stderr_copy, STDERR_FILENO);
    close(stderr_copy);
    close(reader);
}

/* The text of the next write(2) to stderr; "" if there was none. */
static const char *
next_write(void)
{
    static char text[70000];
    ssize_t n = recv(reader, text, sizeof(text) - 1, MSG_DONTWAIT);

    text[n > 0 ? n : 0] = '\0';
    return text;
}

TestSuite(diag, .init = catch_stderr, .fini = release_stderr);

Test(diag, each_message_is_one_line_in_one_write)
{
    diag_error("%s:%d: what is wrong", "urls.txt", 12);
    cr_expect_str_eq(next_write(),
                     "fanfetch: error: urls.txt:12: what is wrong\n");
    diag_warn("this too");
    cr_expect_str_eq(next_write(), "fanfetch: warning: this too\n");
    diag_note("%d left", 7);
    cr_expect_str_eq(next_write(), "fanfetch: 7 left\n");
    cr_expect_str_eq(next_write(), "");
}

Test(diag, a_long_message_is_written_whole)
{
    char long_text[20000];

    memset(long_text, 'x', sizeof(long_text));
    long_text[sizeof(long_text) - 1] = '\0';
    diag_error("%s!", long_text);
    cr_expect_eq(strlen(next_write()),
                 strlen("fanfetch: error: !\n") + sizeof(long_text) - 1);
    cr_expect_str_eq(next_write(), "");
}

Test(diag, text_cannot_fake_a_second_line_or_reach_the_terminal)
{
    diag_error("a%sb", "\nfanfetch: error: c\x1b[2J");
    cr_expect_str_eq(next_write(),
                     "fanfetch: error: a\\nfanfetch: error: c\\u001b[2Jb\n");
    diag_error("from a library\n");
    cr_expect_str_eq(next_write(), "fanfetch: error: from a library\n");
    diag_error("%s", "");
    cr_expect_str_eq(next_write(), "fanfetch: error: \n");
}

Test(diag, errno_is_kept)
{
    errno = EMFILE;
    diag_error("x");
    cr_expect_eq(errno, EMFILE);

    close(STDERR_FILENO);
    errno = EMFILE;
    diag_error("x");
    cr_expect_eq(errno, EMFILE);
}

Test(diag_escape, harmless_text_stays_and_the_rest_is_escaped_as_in_results)
{
    static const struct {
        const char *text, *escaped;
    } rows[] = {
        {"", ""},
        {"plain \"text\" \\ 'q'", "plain \"text\" \\ 'q'"},
        {"gr\xc3\xbc\xc3\x9f \xe2\x82\xac", "gr\xc3\xbc\xc3\x9f \xe2\x82\xac"},
        {"\x1b]0;t\x07", "\\u001b]0;t\\u0007"},
        {"a\r\n\tb", "a\\r\\n\\tb"},
        {"\x7f", "\\u007f"},
        {"\xc2\x9b\x31m", "\\u009b1m"}, /* CSI, as a C1 control */
        {"\xc2\x80", "\\u0080"},
        {"a\xe2\x80\xaeZ\xe2\x80\xa8", "a\\u202eZ\\u2028"},
        {"\xe2\x80\x8f\xd8\x9c", "\\u200f\\u061c"},
        {"\xe2\x80\x94\xd8\x9d", "\xe2\x80\x94\xd8\x9d"},
        {"\xc2\xa0", "\xc2\xa0"}, /* the first that is no control */
        {"\x9b", "\\x9b"},
        {"\xff\xfe", "\\xff\\xfe"},
        {"\xe2\x82", "\\xe2\\x82"},
        {"\xe2\x82g", "\\xe2\\x82g"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct buf out = BUF_INIT;

        diag_escape(&out, rows[i].text, strlen(rows[i].text));
        buf_addc(&out, '\0');
        cr_expect_str_eq(out.data, rows[i].escaped, "row %zu", i);
        buf_fini(&out);
    }
}

Test(diag_escape, a_nul_is_escaped_and_text_is_appended)
{
    struct buf out = BUF_INIT;

    buf_addstr(&out, "place: ");
    diag_escape(&out, "a\0b", 3);
    buf_addc(&out, '\0');
    cr_expect_str_eq(out.data, "place: a\\u0000b");
    buf_fini(&out);
}
