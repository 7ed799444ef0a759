#include "base/buf.h"
#include "output/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "messages.h"

static char dir[] = "/tmp/test_sink.XXXXXX";
static char path[sizeof(dir) + 2]; /* a file in it */
static struct sink *sink;
static int std_copies[3];

static void
setup(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_not_null(mkdtemp(dir));
    snprintf(path, sizeof(path), "%s/x", dir);

    std_copies[1] = dup(STDOUT_FILENO);
    std_copies[2] = dup(STDERR_FILENO);
    messages_catch();
}

static void
teardown(void)
{
    sink_free(sink);
    sink = NULL;
    dup2(std_copies[1], STDOUT_FILENO);
    dup2(std_copies[2], STDERR_FILENO);
    unlink(path);
    rmdir(dir);
}

TestSuite(sink, .init = setup, .fini = teardown);

/* Make fd standard output, and a sink for it. */
static void
open_stdout(int fd)
{
    dup2(fd, STDOUT_FILENO);
    close(fd);
    sink = sink_new(NULL);
    cr_assert_not_null(sink, "%s", messages());
}

/* Make standard output a pipe; returns the end to read from. */
static int
open_pipe(void)
{
    int fds[2];

    cr_assert_eq(pipe2(fds, O_CLOEXEC), 0);
    fcntl(fds[0], F_SETFL, O_NONBLOCK);
    open_stdout(fds[1]);
    return fds[0];
}

static void
write_file(const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void
expect_file(const char *expected)
{
    static char text[4096];
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, text, sizeof(text) - 1);

    cr_assert_geq(n, 0);
    text[n] = '\0';
    cr_expect_str_eq(text, expected);
    close(fd);
}

static void
put(const char *line)
{
    sink_put(sink, line, strlen(line));
}

/* Put line number i: of len bytes, so that each differs from its neighbours. */
static void
put_line(int i, size_t len)
{
    static char line[300000];

    memset(line, '.', len);
    line[snprintf(line, len, "%08d", i)] = '.';
    line[len - 1] = '\n';
    sink_put(sink, line, len);
}

/* Read up to size bytes of what there is, -1 where there is nothing. */
static ssize_t
take(int fd, struct buf *got, size_t size)
{
    char *p = buf_reserve(got, size);
    ssize_t n = read(fd, p, size);

    if (n > 0)
        got->len += (size_t)n;
    return n;
}

/* Are these whole lines of len bytes, as put_line() made them from 0 on? */
static void
expect_lines(const struct buf *got, int nlines, size_t len)
{
    cr_assert_eq(got->len, (size_t)nlines * len);
    for (int i = 0; i < nlines; i++) {
        const char *line = got->data + (size_t)i * len;
        char number[12];

        snprintf(number, sizeof(number), "%08d", i);
        cr_assert_eq(memcmp(line, number, 8), 0, "line %d", i);
        cr_assert_eq(memchr(line, '\n', len), line + len - 1, "line %d", i);
    }
}

/* Flush again and again to a reader that takes size bytes in between. */
static void
flush_to_slow_reader(int fd, struct buf *got, size_t size)
{
    enum sink_status status;
    int nwaits = 0;

    while ((status = sink_flush(sink)) == SINK_WAIT) {
        cr_assert_gt(sink_pending(sink), 0);
        take(fd, got, size);
        nwaits++;
    }
    cr_assert_eq(status, SINK_OK);
    cr_assert_eq(sink_pending(sink), 0);
    cr_assert_gt(nwaits, 2);
    while (take(fd, got, 65536) > 0)
        continue;
}

Test(sink, a_file_is_made)
{
    sink = sink_new(path);
    cr_assert_not_null(sink);
    cr_expect_not(sink_is_pipe(sink));
    put("one\n");
    put("two\n");
    cr_expect_eq(sink_pending(sink), 8);
    cr_expect_eq(sink_flush(sink), SINK_OK);
    cr_expect_eq(sink_pending(sink), 0);
    put("three\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    cr_expect_eq(sink_flush(sink), SINK_OK);
    cr_expect_eq(sink_close(sink), SINK_OK);
    expect_file("one\ntwo\nthree\n");
    cr_expect_str_eq(messages(), "");
}

Test(sink, a_file_is_appended_to)
{
    write_file("old\n");
    sink = sink_new(path);
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    write_file(""); /* as if rotated: the next one goes to its end */
    put("two\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    expect_file("two\n");
}

Test(sink, half_a_line_at_the_end_of_a_file_is_ended)
{
    write_file("old\nhal");
    sink = sink_new(path);
    expect_file("old\nhal"); /* not before there is something to write */
    cr_expect_eq(sink_flush(sink), SINK_OK);
    expect_file("old\nhal");
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    expect_file("old\nhal\none\n");
}

Test(sink, half_a_line_cut_off_in_the_meantime_leaves_no_trace)
{
    write_file("old\nhal");
    sink = sink_new(path);
    cr_assert_eq(truncate(path, 4), 0);
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    expect_file("old\none\n");
}

Test(sink, standard_output_may_be_a_file)
{
    write_file("old\n");
    open_stdout(open(path, O_WRONLY | O_APPEND));
    cr_expect_not(sink_is_pipe(sink));
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    cr_expect_eq(sink_close(sink), SINK_OK);
    expect_file("old\none\n");
    /* Standard output belongs to the process, not to the sink. */
    cr_expect_geq(fcntl(STDOUT_FILENO, F_GETFD), 0);
}

Test(sink, an_output_that_cannot_be_opened_is_reported)
{
    char expected[200];
    int fd;

    cr_expect_null(sink_new("/nonexistent/x.jsonl"));
    cr_expect_str_eq(messages(), "fanfetch: error: cannot write to "
                                 "'/nonexistent/x.jsonl': "
                                 "No such file or directory\n");
    cr_expect_null(sink_new(dir));
    snprintf(expected, sizeof(expected),
             "fanfetch: error: cannot write to '%s': Is a directory\n", dir);
    cr_expect_str_eq(messages(), expected);

    cr_assert_eq(mkfifo(path, 0600), 0);
    cr_expect_null(sink_new(path));
    snprintf(expected, sizeof(expected),
             "fanfetch: error: cannot write to '%s': it has no reader\n", path);
    cr_expect_str_eq(messages(), expected);

    /* This is the state if the shell has closed it (see base/fs.h). */
    fd = open("/dev/null", O_RDONLY);
    dup2(fd, STDOUT_FILENO);
    close(fd);
    cr_expect_null(sink_new(NULL));
    cr_expect_str_eq(messages(), "fanfetch: error: cannot write to standard "
                                 "output: Bad file descriptor\n");
}

Test(sink, a_named_pipe_with_a_reader_is_written_to)
{
    struct buf got = BUF_INIT;
    int fd;

    cr_assert_eq(mkfifo(path, 0600), 0);
    fd = open(path, O_RDONLY | O_NONBLOCK);
    sink = sink_new(path);
    cr_assert_not_null(sink);
    cr_expect(sink_is_pipe(sink));
    for (int i = 0; i < 1000; i++)
        put_line(i, 700);
    flush_to_slow_reader(fd, &got, 10000);
    expect_lines(&got, 1000, 700);
    buf_fini(&got);
}

Test(sink, a_device_takes_all)
{
    sink = sink_new("/dev/null");
    cr_assert_not_null(sink);
    for (int i = 0; i < 1000; i++)
        put_line(i, 1000);
    cr_expect_eq(sink_flush(sink), SINK_OK);
    cr_expect_eq(sink_close(sink), SINK_OK);
}

Test(sink, a_full_disk_is_reported_once)
{
    sink = sink_new("/dev/full");
    cr_assert_not_null(sink);
    cr_expect_eq(sink_flush(sink), SINK_OK);
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_FAILED);
    cr_expect_str_eq(messages(), "fanfetch: error: cannot write to "
                                 "'/dev/full': No space left on device\n");
    cr_expect_eq(sink_pending(sink), 0);
    put("two\n");
    cr_expect_eq(sink_pending(sink), 0);
    cr_expect_eq(sink_flush(sink), SINK_FAILED);
    cr_expect_eq(sink_close(sink), SINK_FAILED);
    cr_expect_str_eq(messages(), "");
}

/* Some file systems notice only then that they are full. */
Test(sink, an_error_of_the_last_moment_is_reported)
{
    sink = sink_new(path);
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    close(sink_fd(sink)); /* so that it can't be done again */
    cr_expect_eq(sink_close(sink), SINK_FAILED);
    cr_expect_not_null(strstr(messages(), "': Bad file descriptor\n"));
}

Test(sink, a_full_disk_behind_standard_output_is_reported)
{
    open_stdout(open("/dev/full", O_WRONLY));
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_FAILED);
    cr_expect_str_eq(messages(), "fanfetch: error: cannot write to standard "
                                 "output: No space left on device\n");
}

static void
limit_file_size(rlim_t bytes)
{
    struct rlimit limit;

    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

Test(sink, a_disk_that_fills_up_keeps_whole_lines)
{
    struct stat st;

    write_file("old\n");
    sink = sink_new(path);
    limit_file_size(4 + 1000);
    for (int i = 0; i < 10; i++)
        put_line(i, 300);
    cr_expect_eq(sink_flush(sink), SINK_FAILED);
    limit_file_size(RLIM_INFINITY);
    cr_assert_eq(stat(path, &st), 0);
    cr_expect_eq(st.st_size, 4 + 900);
}

/* Write as another run does, just before a write fails. */
static void
append_to_file(int signum)
{
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    int fd = open(path, O_WRONLY | O_APPEND);

    (void)signum;
    /* A bare system call. */
    setrlimit(RLIMIT_FSIZE, &limit); // NOLINT(bugprone-signal-handler)
    (void)!write(fd, "of another run\n", 15);
    close(fd);
}

Test(sink, text_of_another_process_behind_half_a_line_is_not_cut)
{
    struct stat st;

    sink = sink_new(path);
    signal(SIGXFSZ, append_to_file);
    limit_file_size(1000);
    for (int i = 0; i < 10; i++)
        put_line(i, 300);
    cr_expect_eq(sink_flush(sink), SINK_FAILED);
    cr_assert_eq(stat(path, &st), 0);
    cr_expect_eq(st.st_size, 1000 + 15);
}

Test(sink, a_file_on_standard_output_is_cut_where_its_offset_is_then)
{
    struct stat st;

    open_stdout(open(path, O_WRONLY | O_CREAT, 0600));
    limit_file_size(1000);
    for (int i = 0; i < 10; i++)
        put_line(i, 300);
    cr_expect_eq(sink_flush(sink), SINK_FAILED);
    limit_file_size(RLIM_INFINITY);
    cr_assert_eq(stat(path, &st), 0);
    cr_expect_eq(st.st_size, 900);
    cr_expect_eq(lseek(sink_fd(sink), 0, SEEK_CUR), 900);
}

Test(sink, a_full_pipe_is_waited_for)
{
    struct buf got = BUF_INIT;
    int fd = open_pipe();

    cr_expect(sink_is_pipe(sink));
    for (int i = 0; i < 3000; i++)
        put_line(i, 700);
    cr_expect_eq(sink_flush(sink), SINK_WAIT);
    cr_expect_eq(sink_flush(sink), SINK_WAIT);
    flush_to_slow_reader(fd, &got, 5000);
    expect_lines(&got, 3000, 700);
    cr_expect_str_eq(messages(), "");
    buf_fini(&got);
}

Test(sink, lines_that_come_while_the_reader_is_slow_keep_their_order)
{
    struct buf got = BUF_INIT;
    int fd = open_pipe();

    for (int i = 0; i < 3000; i++) {
        enum sink_status status;

        put_line(i, 700);
        status = sink_flush(sink);
        cr_assert_eq(status, sink_pending(sink) > 0 ? SINK_WAIT : SINK_OK);
        take(fd, &got, 500);
    }
    flush_to_slow_reader(fd, &got, 5000);
    expect_lines(&got, 3000, 700);
    buf_fini(&got);
}

Test(sink, the_shell_s_standard_output_still_blocks)
{
    int fd = open_pipe();

    cr_expect_eq(fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK, 0);
    put_line(0, 200000);
    cr_expect_eq(sink_flush(sink), SINK_WAIT);
    cr_expect_eq(fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK, 0);
    cr_expect_eq(sink_close(sink), SINK_OK);
    cr_expect_eq(fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK, 0);
    close(fd);
}

/* Else the lines of two that write to one pipe would mix, and one that is
 * killed would leave half a line. */
Test(sink, the_content_of_a_full_pipe_ends_with_a_line)
{
    struct buf got = BUF_INIT;
    int fd = open_pipe();

    for (int i = 0; i < 1000; i++)
        put_line(i, 700);
    cr_assert_eq(sink_flush(sink), SINK_WAIT);
    while (take(fd, &got, 65536) > 0)
        continue;
    cr_assert_gt(got.len, 0);
    cr_expect_eq(got.len % 700, 0);
    expect_lines(&got, (int)(got.len / 700), 700);
    buf_fini(&got);
}

Test(sink, lines_larger_than_a_pipe_get_through)
{
    static const size_t lens[] = {PIPE_BUF - 1, PIPE_BUF, PIPE_BUF + 1, 65536,
                                  300000};

    for (size_t k = 0; k < ARRAY_LEN(lens); k++) {
        struct buf got = BUF_INIT;
        int fd = open_pipe();

        for (int i = 0; i < 50; i++)
            put_line(i, lens[k]);
        flush_to_slow_reader(fd, &got, 10007);
        expect_lines(&got, 50, lens[k]);
        buf_fini(&got);
        sink_free(sink);
        sink = NULL;
        close(fd);
    }
}

Test(sink, short_lines_behind_a_long_one_stay_whole)
{
    struct buf got = BUF_INIT;
    int fd = open_pipe();

    put_line(0, 100000);
    for (int i = 1; i < 1000; i++)
        put_line(i, 500);
    flush_to_slow_reader(fd, &got, 3001);
    cr_assert_eq(got.len, 100000 + 999 * 500);
    for (size_t i = 1; i < 1000; i++)
        cr_assert_eq(atoi(got.data + 100000 + (i - 1) * 500), (int)i);
    buf_fini(&got);
}

Test(sink, a_reader_that_leaves_is_no_error)
{
    int fd = open_pipe();

    put_line(0, 200000);
    cr_assert_eq(sink_flush(sink), SINK_WAIT);
    close(fd);
    cr_expect_eq(sink_flush(sink), SINK_CLOSED);
    cr_expect_eq(sink_pending(sink), 0);
    put("two\n");
    cr_expect_eq(sink_pending(sink), 0);
    cr_expect_eq(sink_flush(sink), SINK_CLOSED);
    cr_expect_eq(sink_close(sink), SINK_CLOSED);
    cr_expect_str_eq(messages(), "");
}

Test(sink, a_reader_that_was_never_there_is_no_error)
{
    int fds[2];

    cr_assert_eq(pipe(fds), 0);
    close(fds[0]);
    open_stdout(fds[1]);
    cr_expect(sink_is_pipe(sink));
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_CLOSED);
    cr_expect_str_eq(messages(), "");
}

Test(sink, a_reader_seen_to_be_gone_is_as_good_as_one_that_broke_the_pipe)
{
    int fd = open_pipe();

    put("one\n");
    sink_set_closed(sink);
    cr_expect_eq(sink_pending(sink), 0);
    put("two\n");
    cr_expect_eq(sink_flush(sink), SINK_CLOSED);
    cr_expect_eq(read(fd, (char[1]){0}, 1), -1);
    cr_expect_eq(sink_close(sink), SINK_CLOSED);
}

Test(sink, a_failure_stays_one_when_the_reader_goes_too)
{
    sink = sink_new("/dev/full");
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_FAILED);
    sink_set_closed(sink);
    cr_expect_eq(sink_flush(sink), SINK_FAILED);
}

/* Use this if no descriptor is left, or without /proc. */
static int
open_pipe_that_can_not_be_reopened(void)
{
    struct rlimit limit, none;
    int fd;

    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    fd = open_pipe();
    sink_free(sink);
    none = limit;
    none.rlim_cur = 3;
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    sink = sink_new(NULL);
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    cr_assert_not_null(sink);
    cr_assert_eq(sink_fd(sink), STDOUT_FILENO);
    return fd;
}

Test(sink, a_pipe_that_can_not_be_reopened_never_blocks_either)
{
    static const size_t lens[] = {700, 5000, 100000};

    alarm(20); /* it would wait for ever */
    for (size_t k = 0; k < ARRAY_LEN(lens); k++) {
        struct buf got = BUF_INIT;
        int fd = open_pipe_that_can_not_be_reopened();

        for (int i = 0; i < 300; i++)
            put_line(i, lens[k]);
        flush_to_slow_reader(fd, &got, 5000);
        expect_lines(&got, 300, lens[k]);
        buf_fini(&got);

        put("one\n");
        close(fd);
        cr_expect_eq(sink_flush(sink), SINK_CLOSED);
        sink_free(sink);
        sink = NULL;
    }
    alarm(0);
}

Test(sink, two_that_share_a_pipe_do_not_mix_their_lines)
{
    struct buf got = BUF_INIT;
    int fd = open_pipe();
    struct sink *other = sink_new(NULL), *first = sink;
    size_t counts[2] = {0, 0};

    cr_assert_not_null(other);
    for (int i = 0; i < 2000; i++) {
        sink = i % 2 == 0 ? first : other;
        put_line(i, i % 2 == 0 ? 700 : 450);
        (void)!sink_flush(sink);
        take(fd, &got, (size_t)(i % 1000) + 1);
    }
    sink = first;
    while (sink_flush(first) == SINK_WAIT || sink_flush(other) == SINK_WAIT)
        take(fd, &got, 3000);
    while (take(fd, &got, 65536) > 0)
        continue;
    for (size_t i = 0; i < got.len;) {
        size_t n = (size_t)((char *)memchr(got.data + i, '\n', got.len - i) -
                            (got.data + i)) +
                   1;

        cr_assert(n == 700 || n == 450, "%zu", n);
        counts[n == 450]++;
        i += n;
    }
    cr_expect_eq(counts[0], 1000);
    cr_expect_eq(counts[1], 1000);
    sink_free(other);
    buf_fini(&got);
}

/* A pair of connected sockets: standard output, and the end to read from. */
static int
open_socket(void)
{
    int fds[2];

    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    fcntl(fds[0], F_SETFL, O_NONBLOCK);
    open_stdout(fds[1]);
    return fds[0];
}

Test(sink, a_full_socket_is_waited_for)
{
    struct buf got = BUF_INIT;
    int fd = open_socket();

    cr_expect(sink_is_pipe(sink));
    for (int i = 0; i < 5000; i++)
        put_line(i, 700);
    flush_to_slow_reader(fd, &got, 60000);
    expect_lines(&got, 5000, 700);
    cr_expect_eq(fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK, 0);
    buf_fini(&got);
}

Test(sink, a_peer_that_hangs_up_is_no_error)
{
    int fd = open_socket();

    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    close(fd);
    put("two\n");
    cr_expect_eq(sink_flush(sink), SINK_CLOSED);
    cr_expect_str_eq(messages(), "");
}

/* The peer has not read everything, so TCP gives another error. */
Test(sink, a_peer_that_resets_is_no_error)
{
    struct sockaddr_in addr = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    socklen_t len = sizeof(addr);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int peer;

    cr_assert_eq(bind(listener, (struct sockaddr *)&addr, len), 0);
    cr_assert_eq(getsockname(listener, (struct sockaddr *)&addr, &len), 0);
    cr_assert_eq(listen(listener, 1), 0);
    cr_assert_eq(connect(fd, (struct sockaddr *)&addr, len), 0);
    peer = accept(listener, NULL, NULL);
    cr_assert_geq(peer, 0);
    close(listener);
    open_stdout(fd);
    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    close(peer);
    put("two\n");
    cr_expect_eq(sink_flush(sink), SINK_CLOSED);
    cr_expect_str_eq(messages(), "");
}

/* A terminal without its translations; returns the master's side. */
static int
open_terminal(void)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    struct termios t;
    int fd;

    cr_assert_geq(master, 0);
    cr_assert_eq(grantpt(master), 0);
    cr_assert_eq(unlockpt(master), 0);
    fd = open(ptsname(master), O_RDWR | O_NOCTTY);
    cr_assert_geq(fd, 0);
    cr_assert_eq(tcgetattr(fd, &t), 0);
    cfmakeraw(&t);
    cr_assert_eq(tcsetattr(fd, TCSANOW, &t), 0);
    fcntl(master, F_SETFL, O_NONBLOCK);
    open_stdout(fd);
    return master;
}

Test(sink, a_stopped_terminal_is_waited_for)
{
    struct buf got = BUF_INIT;
    int master = open_terminal();

    for (int i = 0; i < 1000; i++)
        put_line(i, 700);
    flush_to_slow_reader(master, &got, 3000);
    expect_lines(&got, 1000, 700);
    cr_expect_eq(fcntl(STDOUT_FILENO, F_GETFL) & O_NONBLOCK, 0);
    buf_fini(&got);
}

Test(sink, a_terminal_that_goes_away_is_no_error)
{
    int master = open_terminal();

    put("one\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    close(master);
    put("two\n");
    cr_expect_eq(sink_flush(sink), SINK_CLOSED);
    cr_expect_str_eq(messages(), "");
}

Test(sink, memory_of_a_burst_is_given_back)
{
    size_t before, after;

    sink = sink_new("/dev/null");
    before = mallinfo2().uordblks + mallinfo2().hblkhd;
    for (int i = 0; i < 40; i++)
        put_line(i, 250000);
    after = mallinfo2().uordblks + mallinfo2().hblkhd;
    if (after == before)
        cr_skip_test("this malloc() doesn't count"); /* ASan's */
    cr_expect_gt(after - before, 10000000);
    cr_expect_eq(sink_flush(sink), SINK_OK);
    after = mallinfo2().uordblks + mallinfo2().hblkhd;
    cr_expect_lt(after - before, 1100000);
}

Test(sink, a_device_is_for_many_runs)
{
    struct sink *other = sink_new("/dev/null");

    sink = sink_new("/dev/null");
    cr_assert_not_null(other);
    cr_assert_not_null(sink);
    sink_free(other);
}

Test(sink, a_large_line_is_taken_over)
{
    struct buf line = BUF_INIT;
    const char *data;

    sink = sink_new("/dev/null");
    buf_addstr(&line, "small\n");
    data = line.data;
    sink_take(sink, &line);
    cr_expect_eq(line.data, data);
    cr_expect_eq(sink_flush(sink), SINK_OK);
    buf_clear(&line);
    memset(buf_reserve(&line, 2000000), 'x', 2000000);
    line.len = 2000000;
    line.data[line.len - 1] = '\n';
    data = line.data;
    sink_take(sink, &line);
    cr_expect_neq(line.data, data);
    cr_expect_eq(line.len, 0);
    cr_expect_eq(sink_pending(sink), 2000000);
    cr_expect_eq(sink_flush(sink), SINK_OK);
    cr_expect_eq(sink_pending(sink), 0);
    buf_fini(&line);
}

/* Written bytes must not pile up before unwritten ones. */
Test(sink, memory_stays_flat_while_a_reader_lags)
{
    size_t before, most = 0;
    int fd = open_pipe();
    struct buf got = BUF_INIT;

    buf_reserve(&got, 65536);
    before = mallinfo2().uordblks + mallinfo2().hblkhd;
    for (int i = 0; i < 20000; i++) {
        size_t now;

        put_line(i, 700);
        if (sink_flush(sink) == SINK_WAIT && sink_pending(sink) > 20000) {
            buf_clear(&got);
            take(fd, &got, 8192);
        }
        now = mallinfo2().uordblks + mallinfo2().hblkhd - before;
        most = now > most ? now : most;
    }
    cr_expect_lt(most, 200000, "%zu", most);
    buf_fini(&got);
}

Test(sink, nothing_is_nothing)
{
    sink_free(NULL);
    sink = sink_new(path);
    cr_expect_eq(sink_flush(sink), SINK_OK);
    cr_expect_eq(sink_close(sink), SINK_OK);
    expect_file("");
}

/* A function called just before the next lock is taken: see flock(). */
static void (*before_lock)(void);

/* The library's, which takes the place of libc's. */
int
flock(int fd, int operation)
{
    void (*hook)(void) = before_lock;

    before_lock = NULL;
    if (hook)
        hook();
    return (int)syscall(SYS_flock, fd, operation);
}

/* Replace the file as another run with --resume does. */
static void
replace_file(void)
{
    unlink(path);
    write_file("of another run\n");
}

Test(sink, a_file_that_is_replaced_while_it_is_being_opened_is_opened_again)
{
    write_file("old\n");
    before_lock = replace_file;
    sink = sink_new(path);
    cr_assert_not_null(sink, "%s", messages());
    put("mine\n");
    cr_expect_eq(sink_flush(sink), SINK_OK);
    expect_file("of another run\nmine\n");
}
