#include "engine/allowance.h"

#include "base/budgets.h"
#include "engine/readiness.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <criterion/criterion.h>

/* They outlive the test, since Criterion sends and polls, too. */
static size_t by_fd[100];
static uint8_t marks[100];
static struct allowance_counts counts = {by_fd, 100, marks};

/* A pair of sockets with so many bytes to be read from the first. */
static int
filled(size_t n)
{
    char text[100] = {0};
    int pair[2];

    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    cr_assert_eq(write(pair[1], text, n), (ssize_t)n);
    return pair[0];
}

Test(allowance, bytes_count_for_the_connection_they_were_read_from)
{
    int a = filled(7), b = filled(30), quiet = filled(0);
    char text[100];

    allowance_begin_turn();
    allowance_begin_call(NULL, &counts);
    cr_assert_eq(recv(b, text, 20, 0), 20);
    cr_assert_eq(recv(a, text, 20, 0), 7);
    cr_assert_eq(recv(b, text, 20, 0), 10);
    cr_assert_lt(recv(quiet, text, 20, MSG_DONTWAIT), 0);
    cr_expect_eq(by_fd[a], 7);
    cr_expect_eq(by_fd[b], 30);
    cr_expect_eq(by_fd[quiet], 0);
    counts.n = (size_t)a;
    allowance_begin_call(NULL, &counts);
    cr_expect_eq(by_fd[a], 7, "it keeps its count");
}

Test(allowance, single_bytes_count_for_more)
{
    enum { NPIECES = 40 };
    static const char text[1024];
    size_t nreads = 0;
    int pair[2];
    char c;

    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    for (int i = 0; i < NPIECES; i++)
        cr_assert_eq(write(pair[1], text, sizeof(text)), sizeof(text));
    allowance_begin_turn();
    allowance_begin_call(NULL, &counts);
    while (recv(pair[0], &c, 1, 0) == 1)
        nreads++;
    cr_expect_eq(nreads, READ_PER_CALL / READ_COST_MIN, "%zu", nreads);
    cr_expect_eq(by_fd[pair[0]], nreads, "they are single bytes");
    allowance_begin_call(NULL, &counts);
    cr_expect_eq(recv(pair[0], &c, 1, 0), 1, "the next call goes on");
}

Test(allowance, what_is_sent_counts_like_a_short_read)
{
    int pair[2];
    char c = 'x';

    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    cr_assert_eq(write(pair[1], &c, 1), 1);
    allowance_begin_turn();
    allowance_begin_call(NULL, NULL);
    for (size_t i = 0; i < READ_PER_CALL / READ_COST_MIN; i++) {
        (void)send(pair[0], &c, 1, MSG_DONTWAIT);
        (void)recvfrom(pair[1], &c, 1, MSG_DONTWAIT, NULL, NULL);
    }
    cr_expect_eq(recv(pair[0], &c, 1, 0), -1);
    cr_expect_eq(errno, EAGAIN);
    allowance_begin_call(NULL, NULL);
    cr_expect_eq(recv(pair[0], &c, 1, 0), 1, "the next call goes on");
}

Test(allowance, what_came_before_the_end_is_read_although_sending_fails)
{
    int pair[2];
    char text[100];

    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    cr_assert_eq(write(pair[1], "last words", 10), 10);
    close(pair[1]);
    allowance_begin_turn();
    allowance_begin_call(NULL, &counts);
    cr_expect_eq(send(pair[0], "lost", 4, MSG_NOSIGNAL), 4);
    readiness_note_readable(pair[0]);
    cr_expect_eq(recv(pair[0], text, 100, 0), 10);
    cr_expect_eq(recv(pair[0], text, 100, 0), -1);
    cr_expect_eq(errno, ECONNRESET);
    marks[pair[0]] |= MARK_STREAMS;
    cr_expect_eq(recv(pair[0], text, 100, 0), 0, "streams tell their ends");
    marks[pair[0]] = 0;
    cr_expect_eq(recv(pair[0], text, 100, 0), 0, "an end in order");
}

/* A socket whose peer has reset the connection. */
static int
reset_by_peer(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    struct linger linger = {1, 0};
    socklen_t len = sizeof(at);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int fd = socket(AF_INET, SOCK_STREAM, 0), peer;
    struct pollfd p = {.fd = fd};

    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    cr_assert_eq(bind(listener, (struct sockaddr *)&at, sizeof(at)), 0);
    cr_assert_eq(listen(listener, 1), 0);
    cr_assert_eq(getsockname(listener, (struct sockaddr *)&at, &len), 0);
    cr_assert_eq(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    peer = accept(listener, NULL, NULL);
    cr_assert_eq(
        setsockopt(peer, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)), 0);
    close(peer);
    close(listener);
    cr_assert_eq(poll(&p, 1, 10000), 1);
    return fd;
}

Test(allowance, a_reset_is_known_although_sending_finds_it_first)
{
    int fd = reset_by_peer();
    char c;

    marks[fd] = MARK_STREAMS;
    allowance_begin_turn();
    allowance_begin_call(NULL, &counts);
    cr_expect_eq(send(fd, "lost", 4, MSG_NOSIGNAL), 4);
    readiness_note_readable(fd);
    cr_expect_eq(recv(fd, &c, 1, 0), 0);
    cr_expect(marks[fd] & MARK_RESET);
}
