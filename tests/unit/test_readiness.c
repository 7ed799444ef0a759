#include "engine/readiness.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "engine/allowance.h"

/* They outlive the test, since Criterion sends and polls, too. */
static size_t by_fd[100];
static uint8_t marks[100];
static const struct allowance_counts counts = {by_fd, 100, marks};

static int pair[2]; /* ours, the peer's */

static void
begin_call(void)
{
    allowance_begin_call(NULL, &counts);
    readiness_forget();
}

static void
connect_both(void)
{
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
    cr_assert_lt(pair[0], 100);
    allowance_begin_turn();
    begin_call();
}

static int
look(void)
{
    struct pollfd p = {.fd = pair[0], .events = POLLIN};
    int n = poll(&p, 1, 0);

    cr_expect_eq(n, p.revents & POLLIN ? 1 : 0);
    return n;
}

static ssize_t
receive(void)
{
    char bytes[100];

    errno = 0;
    return recv(pair[0], bytes, sizeof(bytes), 0);
}

static void
peer_sends(void)
{
    cr_assert_eq(write(pair[1], "answer", 6), 6);
}

TestSuite(readiness, .init = connect_both);

Test(readiness, what_is_announced_needs_no_look)
{
    readiness_note_readable(pair[0]);
    cr_expect_eq(look(), 1, "nobody looked, since nothing is there");
    cr_expect_eq(look(), 0, "the second time somebody did");
    cr_expect(readiness_is_quiet(pair[0]));
}

Test(readiness, an_announcement_holds_for_one_call)
{
    readiness_note_readable(pair[0]);
    begin_call();
    cr_expect_not(readiness_is_readable(pair[0]));
    cr_expect_eq(look(), 0);
}

Test(readiness, no_answer_is_looked_for_before_the_loop_announces_one)
{
    cr_assert_eq(send(pair[0], "request", 7, 0), 7);
    peer_sends();
    cr_expect_eq(look(), 0);
    cr_expect_eq(receive(), -1);
    cr_expect_eq(errno, EAGAIN);
    begin_call();
    cr_expect_eq(receive(), -1, "not in a later call either");
    readiness_note_readable(pair[0]);
    cr_expect_eq(look(), 1);
    cr_expect_eq(receive(), 6);
}

Test(readiness, what_is_sent_while_reading_stops_no_reading)
{
    readiness_note_readable(pair[0]);
    cr_assert_eq(send(pair[0], "window update", 13, 0), 13);
    peer_sends();
    cr_expect_eq(receive(), 6);
}

Test(readiness, a_socket_that_was_read_to_its_end_is_read_no_more)
{
    readiness_note_readable(pair[0]);
    cr_expect_eq(receive(), -1);
    peer_sends();
    cr_expect_eq(receive(), -1);
    cr_expect_eq(errno, EAGAIN);
    cr_expect_eq(look(), 0, "in the same call");
}

Test(readiness, a_connection_is_not_quiet_if_something_came_after_the_last_read)
{
    readiness_note_readable(pair[0]);
    cr_expect_eq(receive(), -1);
    peer_sends();
    begin_call();
    cr_expect_eq(look(), 1, "an answer that nobody has asked for");
    cr_expect_not(readiness_is_quiet(pair[0]));
    cr_expect_eq(receive(), 6, "and it can be read");
}

Test(readiness, a_short_read_has_read_all)
{
    peer_sends();
    readiness_note_readable(pair[0]);
    cr_expect_eq(receive(), 6);
    peer_sends();
    cr_expect_eq(look(), 0, "in the same call");
    begin_call();
    cr_expect_eq(look(), 1);
}
