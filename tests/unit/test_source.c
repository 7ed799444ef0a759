#include "input/lines.h"
#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "messages.h"

/*
 * Each test runs in a process and folder of its own, so that it may change
 * where it stands and what its standard input and error are.
 */
static char folder[] = "/tmp/test_source.XXXXXX";

static void
enter_folder(void)
{
    cr_assert(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    messages_catch();
    alarm(10); /* what blocks fails */
}

static void
leave_folder(void)
{
    static const char *const names[] = {"a", "b", "c", "fifo"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        unlink(names[i]);
    (void)!chdir("/");
    rmdir(folder);
}

TestSuite(source, .init = enter_folder, .fini = leave_folder);

static void
put_file(const char *name, const char *text)
{
    FILE *f = fopen(name, "w");

    cr_assert(f);
    fputs(text, f);
    fclose(f);
}

/* Make fd the standard input. */
static void
be_stdin(int fd)
{
    dup2(fd, STDIN_FILENO);
    close(fd);
}

/* A pipe as the standard input; returns the end to write to. */
static int
pipe_stdin(void)
{
    int fds[2];

    cr_assert_eq(pipe2(fds, O_CLOEXEC), 0);
    be_stdin(fds[0]);
    return fds[1];
}

static void
put(int fd, const char *text)
{
    cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
}

/* Is there something to read, within that time? */
static bool
is_readable(int fd, int ms)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};

    return poll(&p, 1, ms) > 0;
}

/* Append "text@place:line " to out. */
static void
show(char *out, const struct record *rec)
{
    sprintf(out + strlen(out), "%.*s%s@%s:%d ", (int)rec->len, rec->text,
            rec->flaw == RECORD_OK ? "" : "!", rec->place ? rec->place : "",
            (int)rec->line);
}

/* All records that come without waiting. */
static enum source_status
drain(struct source *s, char *out)
{
    enum source_status status;
    struct record rec;

    *out = '\0';
    while ((status = source_next(s, &rec)) == SOURCE_RECORD)
        show(out, &rec);
    return status;
}

/* The same as often as there is something to read. */
static enum source_status
drain_readable(struct source *s, char *out)
{
    enum source_status status = drain(s, out);

    while (status == SOURCE_WAIT && is_readable(source_fd(s), 0)) {
        source_readable(s);
        status = drain(s, out + strlen(out));
    }
    return status;
}

Test(source, takes_operands_in_their_order)
{
    static const char *const operands[] = {
        "http://a/", "a", " https://b/ \n", "b", "-", "x://", "c",
    };
    struct source *s = source_new(operands, ARRAY_LEN(operands));
    char out[512];

    put_file("a", "one\ntwo\n");
    put_file("b", "three");
    put_file("c", "five\n");
    be_stdin(open("b", O_RDONLY));
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "http://a/@:0 one@a:1 two@a:2 https://b/@:0 "
                          "three@b:1 three@standard input:1 x://@:0 five@c:1 ");
    cr_expect_not(source_failed(s));
    cr_expect_str_eq(messages(), "");
    source_free(s);
}

Test(source, without_operands_is_standard_input)
{
    struct source *s = source_new(NULL, 0);
    char out[64];

    put_file("a", "one\n");
    be_stdin(open("a", O_RDONLY));
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "one@standard input:1 ");
    source_free(s);
}

Test(source, skips_what_is_no_record_and_counts_its_line)
{
    static const char *const operands[] = {"a"};
    struct source *s = source_new(operands, 1);
    char out[256];

    put_file("a", "\xef\xbb\xbf one \r\n\r\n# no\r\n\t # no\n \t\v\f\r\n"
                  "two#\n\n{ \"url\": 1 }\t\n#");
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "one@a:1 two#@a:6 { \"url\": 1 }@a:8 ");
    source_free(s);
}

Test(source, a_byte_order_mark_is_dropped_before_any_line)
{
    static const char *const operands[] = {"a", "b"};
    struct source *s = source_new(operands, 2);
    char out[256];

    put_file("a", "\xef\xbb\xbf# no\none");
    put_file("b", "\xef\xbb\xbftwo\n\xef\xbb\xbf three\n\xef\xbb\xbf\n"
                  "four\xef\xbb\xbf\n");
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "one@a:2 two@b:1 three@b:2 four\xef\xbb\xbf@b:4 ");
    source_free(s);
}

/* The next record, however much of the file it takes. */
static struct record
next(struct source *s)
{
    enum source_status status;
    struct record rec;

    while ((status = source_next(s, &rec)) == SOURCE_WAIT)
        source_readable(s);
    cr_assert_eq(status, SOURCE_RECORD);
    return rec;
}

Test(source, names_the_flaws_of_a_line)
{
    static const char *const operands[] = {"a"};
    static const char start[] = "on\0e\n#\0\n\0\n";
    struct source *s = source_new(operands, 1);
    FILE *f = fopen("a", "w");
    struct record rec;

    fwrite(start, 1, sizeof(start) - 1, f);
    fprintf(f, "%0*d\n", LINE_MAX_BYTES + 1, 0);
    fprintf(f, "#%0*d\n", LINE_MAX_BYTES + 1, 0); /* still a comment */
    fprintf(f, "%*s\nlast", LINE_MAX_BYTES + 9, "http://a/");
    fclose(f);

    rec = next(s);
    cr_expect_eq(rec.flaw, RECORD_HAS_NUL);
    cr_expect_eq(rec.len, 4);
    cr_expect_arr_eq(rec.text, "on\0e", 4);
    rec = next(s);
    cr_expect_eq(rec.flaw, RECORD_HAS_NUL);
    cr_expect_eq(rec.line, 3);
    rec = next(s);
    cr_expect_eq(rec.flaw, RECORD_TOO_LONG);
    cr_expect_eq(rec.line, 4);
    cr_expect_eq(rec.text[0], '0');
    cr_expect_geq(rec.len, 2048);
    /* It is not known what a line is that starts with a megabyte of blanks. */
    rec = next(s);
    cr_expect_eq(rec.flaw, RECORD_TOO_LONG);
    cr_expect_eq(rec.line, 6);
    cr_expect_geq(rec.len, 1);
    rec = next(s);
    cr_expect_eq(rec.flaw, RECORD_OK);
    cr_expect_eq(rec.line, 7);
    cr_expect_eq(source_next(s, &rec), SOURCE_END);
    cr_expect_eq(source_next(s, &rec), SOURCE_END);
    source_free(s);
}

Test(source, an_input_that_cannot_be_opened_is_reported_and_the_others_are_read)
{
    static const char *const operands[] = {
        "no such file", "a", ".", "", "d\x1b[1m\n", "b",
    };
    struct source *s = source_new(operands, ARRAY_LEN(operands));
    struct record rec;
    char out[64];

    put_file("a", "one");
    put_file("b", "two");
    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_expect(source_failed(s));
    cr_expect_str_eq(messages(), "fanfetch: error: cannot open 'no such file': "
                                 "No such file or directory\n");
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "two@b:1 ");
    cr_expect_str_eq(
        messages(),
        "fanfetch: error: cannot open '.': Is a directory\n"
        "fanfetch: error: cannot open '': No such file or directory\n"
        "fanfetch: error: cannot open 'd\\u001b[1m\\n': "
        "No such file or directory\n");
    source_free(s);
}

Test(source, a_file_without_permission_is_reported)
{
    static const char *const operands[] = {"a"};
    struct source *s;
    char out[64];

    put_file("a", "one");
    chmod("a", 0);
    if (geteuid() == 0 && setegid(65534) + seteuid(65534) != 0)
        cr_skip_test("root can read everything");
    s = source_new(operands, 1);
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "");
    cr_expect(source_failed(s));
    cr_expect_str_eq(messages(), "fanfetch: error: cannot open 'a': "
                                 "Permission denied\n");
    source_free(s);
    (void)!seteuid(0);
}

Test(source, nothing_is_opened_ahead_of_need)
{
    static const char *const operands[] = {"http://a/", "a"};
    struct source *s = source_new(operands, 2);
    struct record rec;

    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_expect_not(source_failed(s));
    put_file("a", "one");
    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_expect_eq(rec.len, 3);
    source_free(s);
}

Test(source, standard_input_as_a_folder_is_reported)
{
    static const char *const operands[] = {"-", "a"};
    struct source *s = source_new(operands, 2);
    char out[64];

    put_file("a", "one");
    be_stdin(open(".", O_RDONLY));
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "one@a:1 ");
    cr_expect(source_failed(s));
    cr_expect_str_eq(messages(), "fanfetch: error: cannot read standard "
                                 "input: Is a directory\n");
    source_free(s);
}

Test(source, standard_input_that_is_closed_is_reported)
{
    struct source *s = source_new(NULL, 0);
    char out[64];

    close(STDIN_FILENO);
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect(source_failed(s));
    cr_expect_str_eq(messages(), "fanfetch: error: cannot read standard "
                                 "input: Bad file descriptor\n");
    source_free(s);
}

Test(source, standard_input_is_empty_the_second_time)
{
    static const char *const operands[] = {"-", "a", "-"};
    struct source *s = source_new(operands, 3);
    int fd = pipe_stdin();
    char out[64];

    put_file("a", "two\n");
    put(fd, "one");
    close(fd);
    cr_expect_eq(drain_readable(s, out), SOURCE_END);
    cr_expect_str_eq(out, "one@standard input:1 two@a:1 ");
    cr_expect_not(source_failed(s));
    cr_expect_neq(fcntl(STDIN_FILENO, F_GETFD), -1, "it stays open");
    source_free(s);
    cr_expect_neq(fcntl(STDIN_FILENO, F_GETFD), -1, "it stays open");
}

Test(source, standard_input_that_grew_is_not_read_again)
{
    static const char *const operands[] = {"-", "http://x/", "-"};
    struct source *s = source_new(operands, 3);
    struct record rec;

    put_file("a", "one\n");
    be_stdin(open("a", O_RDONLY));
    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    put_file("a", "one\ntwo\n");
    cr_expect_eq(source_next(s, &rec), SOURCE_END);
    source_free(s);
}

Test(source, an_empty_pipe_is_waited_for)
{
    struct source *s = source_new(NULL, 0);
    int fd = pipe_stdin();
    struct record rec;
    char out[64];

    cr_expect_eq(source_next(s, &rec), SOURCE_WAIT);
    cr_expect_eq(source_fd(s), STDIN_FILENO);
    cr_expect_eq(source_next(s, &rec), SOURCE_WAIT);
    /* A wake-up for nothing: another reader of the pipe was faster. */
    source_readable(s);
    cr_expect_eq(source_next(s, &rec), SOURCE_WAIT);

    put(fd, "one\ntw");
    cr_expect_eq(source_next(s, &rec), SOURCE_WAIT, "it was not told yet");
    source_readable(s);
    cr_expect_eq(drain(s, out), SOURCE_WAIT);
    cr_expect_str_eq(out, "one@standard input:1 ");
    put(fd, "o\nthree");
    source_readable(s);
    cr_expect_eq(drain(s, out), SOURCE_WAIT);
    cr_expect_str_eq(out, "two@standard input:2 ");
    close(fd);
    source_readable(s);
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "three@standard input:3 ");
    cr_expect_eq(source_fd(s), -1);
    source_free(s);
}

Test(source, input_that_is_there_already_needs_no_wait)
{
    struct source *s = source_new(NULL, 0);
    int fd = pipe_stdin();
    struct record rec;

    put(fd, "one\n");
    cr_expect_eq(source_next(s, &rec), SOURCE_RECORD);
    source_free(s);
}

Test(source, standard_input_keeps_its_mode)
{
    struct source *s = source_new(NULL, 0);
    int fd = pipe_stdin(), flags = fcntl(STDIN_FILENO, F_GETFL);
    struct record rec;

    put(fd, "one\n");
    cr_expect_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_expect_eq(source_next(s, &rec), SOURCE_WAIT);
    cr_expect_eq(fcntl(STDIN_FILENO, F_GETFL), flags);
    source_free(s);
    cr_expect_eq(fcntl(STDIN_FILENO, F_GETFL), flags);
}

Test(source, a_fifo_is_opened_without_a_writer)
{
    static const char *const operands[] = {"fifo", "a"};
    struct source *s = source_new(operands, 2);
    struct record rec;
    char out[64];

    put_file("a", "two");
    cr_assert_eq(mkfifo("fifo", 0600), 0);
    cr_assert_eq(source_next(s, &rec), SOURCE_WAIT);

    int fd = open("fifo", O_WRONLY | O_NONBLOCK);

    cr_assert_geq(fd, 0, "the source is its reader");
    cr_expect(fcntl(source_fd(s), F_GETFD) & FD_CLOEXEC);
    source_readable(s);
    cr_expect_eq(source_next(s, &rec), SOURCE_WAIT, "nothing was written");
    put(fd, "one");
    cr_assert(is_readable(source_fd(s), 0));
    source_readable(s);
    cr_expect_eq(source_next(s, &rec), SOURCE_WAIT, "the line isn't over");
    close(fd);
    cr_assert(is_readable(source_fd(s), 0));
    source_readable(s);
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "one@fifo:1 two@a:1 ");
    source_free(s);
}

Test(source, a_device_is_read)
{
    static const char *const operands[] = {"/dev/null", "a"};
    struct source *s = source_new(operands, 2);
    char out[64];

    put_file("a", "one");
    cr_expect_eq(drain_readable(s, out), SOURCE_END);
    cr_expect_str_eq(out, "one@a:1 ");
    source_free(s);
}

Test(source, an_endless_line_lets_others_have_their_turn)
{
    static const char *const operands[] = {"/dev/zero"};
    struct source *s = source_new(operands, 1);
    int nrecords = 0;

    for (int i = 0; i < 200; i++) {
        struct record rec;
        enum source_status status = source_next(s, &rec);

        cr_assert_neq(status, SOURCE_END);
        if (status == SOURCE_RECORD) {
            cr_expect_eq(rec.flaw, RECORD_TOO_LONG);
            nrecords++;
        }
        source_readable(s);
    }
    cr_expect_eq(nrecords, 1);
    source_free(s);
}

Test(source, a_file_of_comments_lets_others_have_their_turn)
{
    static const char *const operands[] = {"a"};
    struct source *s = source_new(operands, 1);
    FILE *f = fopen("a", "w");
    struct record rec;
    int nwaits = 0;

    for (int i = 0; i < 1024 * 1024; i++)
        fputs("# no\n", f);
    fputs("one\n", f);
    fclose(f);
    while (source_next(s, &rec) == SOURCE_WAIT) {
        source_readable(s);
        nwaits++;
    }
    cr_expect_eq(rec.line, 1024 * 1024 + 1);
    cr_expect_geq(nwaits, 2);
    cr_expect_leq(nwaits, 16);
    source_free(s);
}

/*
 * A socket that its peer closed with something unread gives what is there,
 * and then ECONNRESET.
 */
static void
break_stdin(const char *text)
{
    int fds[2];

    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    put(fds[0], "never read");
    put(fds[1], text);
    close(fds[1]);
    be_stdin(fds[0]);
}

Test(source, a_read_error_is_reported_and_what_was_read_counts)
{
    static const char *const operands[] = {"-", "a"};
    struct source *s = source_new(operands, 2);
    char out[64];

    put_file("a", "three");
    break_stdin("one\n\ntwo\nhttp://cut.off");
    cr_expect_eq(drain_readable(s, out), SOURCE_END);
    /* Half a URL may be a URL too, but not one that anybody asked for. */
    cr_expect_str_eq(out,
                     "one@standard input:1 two@standard input:3 three@a:1 ");
    cr_expect(source_failed(s));
    cr_expect_str_eq(messages(), "fanfetch: error: standard input:4: "
                                 "cannot read: Connection reset by peer\n");
    source_free(s);
}

Test(source, a_file_that_cannot_be_read_is_reported)
{
    /* Address 0 of any process: there is nothing to read. */
    static const char *const operands[] = {"a", "/proc/self/mem", "http://a/"};
    struct source *s = source_new(operands, 3);
    char out[64];

    put_file("a", "one\ntwo\n");
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "one@a:1 two@a:2 http://a/@:0 ");
    cr_expect(source_failed(s));
    cr_expect_str_eq(messages(), "fanfetch: error: /proc/self/mem:1: cannot "
                                 "read: Input/output error\n");
    source_free(s);
}

Test(source, leaves_no_descriptor_open)
{
    static const char *const operands[] = {"a", "b", "a", "fifo"};
    int before = dup(STDIN_FILENO), after;
    struct source *s = source_new(operands, 4);
    char out[64];

    close(before);
    put_file("a", "one");
    mkfifo("fifo", 0600);
    cr_expect_eq(drain(s, out), SOURCE_WAIT);
    source_free(s);
    after = dup(STDIN_FILENO);
    cr_expect_eq(after, before);
    close(after);
}

Test(source, a_long_file_comes_through_whole)
{
    static const char *const operands[] = {"a"};
    struct source *s = source_new(operands, 1);
    FILE *f = fopen("a", "w");
    struct record rec;

    for (int i = 0; i < 200000; i++)
        fprintf(f, "%d%*s\n", i, i % 97, "");
    fclose(f);
    for (int i = 0; i < 200000; i++) {
        char text[16];

        cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
        cr_assert_eq(rec.len, (size_t)sprintf(text, "%d", i));
        cr_assert_arr_eq(rec.text, text, rec.len);
    }
    cr_expect_eq(source_next(s, &rec), SOURCE_END);
    source_free(s);
}

/* "done/total", "?" where that is unknown. */
static const char *
progress(const struct source *s)
{
    static char text[64];
    uint64_t done, total;

    if (!source_progress(s, &done, &total))
        return "?";
    sprintf(text, "%llu/%llu", (unsigned long long)done,
            (unsigned long long)total);
    return text;
}

Test(source, progress_is_told_in_bytes_of_all_operands)
{
    static const char *const operands[] = {"a", "http://x/", "b", "-", "-"};
    struct source *s;
    struct record rec;

    put_file("a", "# no\none\ntwo\n");
    put_file("b", "three");
    put_file("c", "skipped\nfour\n");
    be_stdin(open("c", O_RDONLY));
    lseek(STDIN_FILENO, 8, SEEK_SET);
    s = source_new(operands, ARRAY_LEN(operands));

    /* 13 bytes, 9 of the URL, 5, and 5 of standard input. */
    cr_expect_str_eq(progress(s), "0/32");
    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_expect_str_eq(progress(s), "9/32", "after 'one': %s", progress(s));
    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_expect_str_eq(progress(s), "13/32", "after 'two': %s", progress(s));
    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_expect_str_eq(progress(s), "22/32", "after the URL: %s", progress(s));
    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_expect_str_eq(progress(s), "27/32", "after 'three': %s", progress(s));
    cr_assert_eq(source_next(s, &rec), SOURCE_RECORD);
    cr_expect_str_eq(progress(s), "32/32", "after 'four': %s", progress(s));
    cr_assert_eq(source_next(s, &rec), SOURCE_END);
    cr_expect_str_eq(progress(s), "32/32", "at the end: %s", progress(s));
    source_free(s);
}

Test(source, progress_of_a_pipe_is_unknown)
{
    static const char *const operands[] = {"a", "-"};
    static const char *const fifo[] = {"fifo"};
    struct source *s;

    put_file("a", "one\n");
    close(pipe_stdin());
    s = source_new(operands, ARRAY_LEN(operands));
    cr_expect_str_eq(progress(s), "?");
    source_free(s);
    mkfifo("fifo", 0600);
    s = source_new(fifo, 1);
    cr_expect_str_eq(progress(s), "?");
    source_free(s);
}

Test(source, progress_ends_at_the_total_if_files_are_unreadable_or_grow)
{
    static const char *const operands[] = {"missing", ".", "a"};
    struct source *s;
    char out[64];

    put_file("a", "one\n");
    s = source_new(operands, ARRAY_LEN(operands));
    cr_expect_str_eq(progress(s), "0/4");
    put_file("a", "one\ntwo\n");
    cr_expect_eq(drain(s, out), SOURCE_END);
    cr_expect_str_eq(out, "one@a:1 two@a:2 ");
    cr_expect_str_eq(progress(s), "4/4");
    source_free(s);
}
