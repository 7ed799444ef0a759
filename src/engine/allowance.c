/* With it the header would define recv() itself. */
#undef _FORTIFY_SOURCE

#include "engine/allowance.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/budgets.h"
#include "engine/readiness.h"

/* Per thread, not per engine: recv() knows only its thread. */
static _Thread_local struct {
    bool is_on;        /* the thread has an engine */
    size_t turn_left;  /* bytes left in this turn; when used up, each call gets
                          less */
    size_t call_left;  /* of this call */
    int last_fd;       /* the descriptor that was read last */
    bool has_tls_over; /* one is marked MARK_TLS_OVER */
    const struct allowance_bound *bound; /* NULL: none */
    const struct allowance_counts *counts;
} mine;

void
allowance_begin_turn(void)
{
    mine.is_on = true;
    mine.turn_left = READ_PER_TURN;
}

void
allowance_begin_call(const struct allowance_bound *bound,
                     const struct allowance_counts *counts)
{
    mine.bound = bound;
    mine.counts = counts;
    mine.call_left =
        mine.turn_left < READ_PER_CALL ? mine.turn_left : READ_PER_CALL;
    if (mine.call_left < READ_PER_CALL_MIN)
        mine.call_left = READ_PER_CALL_MIN;
}

static void
count_read(int fd, size_t n)
{
    if (mine.counts && (size_t)fd < mine.counts->n)
        mine.counts->by_fd[fd] += n;
}

void
allowance_charge(size_t n)
{
    mine.call_left -= n < mine.call_left ? n : mine.call_left;
    mine.turn_left -= n < mine.turn_left ? n : mine.turn_left;
}

static void
note_read(int fd, size_t n)
{
    count_read(fd, n);
    allowance_charge(n > READ_COST_MIN ? n : READ_COST_MIN);
}

static uint8_t
marks(int fd)
{
    return mine.counts && (size_t)fd < mine.counts->n ? mine.counts->marks[fd]
                                                      : 0;
}

static void
mark(int fd, uint8_t what)
{
    if (mine.counts && (size_t)fd < mine.counts->n)
        mine.counts->marks[fd] |= what;
}

bool
allowance_is_awaited(int fd)
{
    return marks(fd) & MARK_AWAITED;
}

void
allowance_note_readable(int fd)
{
    if (mine.counts && (size_t)fd < mine.counts->n)
        mine.counts->marks[fd] &= (uint8_t) ~(MARK_EMPTY | MARK_AWAITED);
}

int
allowance_last_read(void)
{
    return mine.last_fd;
}

void
allowance_note_tls_over(int fd)
{
    mark(fd, MARK_TLS_OVER);
    mine.has_tls_over = true;
}

void
allowance_note_leaving(void)
{
    mark(mine.last_fd, MARK_LEAVING);
}

bool
allowance_is_leaving(int fd)
{
    return marks(fd) & MARK_LEAVING;
}

bool
allowance_take_tls_over(void)
{
    bool has = mine.has_tls_over;

    mine.has_tls_over = false;
    return has;
}

/* Turn the n of recvfrom() into the result of recv(): see MARK_BROKEN. */
static ssize_t
end_or_result(int fd, ssize_t n)
{
    if (n < 0 && errno == EAGAIN)
        mark(fd, MARK_EMPTY);
    if (n < 0 && errno == ECONNRESET)
        mark(fd, MARK_RESET);
    if (marks(fd) & MARK_STREAMS)
        return n < 0 && marks(fd) & MARK_RESET ? 0 : n;
    if (n == 0 && marks(fd) & MARK_BROKEN) {
        errno = ECONNRESET;
        return -1;
    }
    return n;
}

/*
 * Did sendto() send nothing, but report that an earlier packet was refused?
 * c-ares would fail the question of this packet, and wait for the answer to the
 * earlier one until its time-out.
 */
static bool
is_earlier_refusal(int fd, ssize_t n)
{
    int type = 0;
    socklen_t size = sizeof(type);

    return n < 0 && errno == ECONNREFUSED &&
           getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
           type == SOCK_DGRAM;
}

/* Replaces libc's send(), also for c-ares. */
__attribute__((visibility("default"), used)) ssize_t
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
send(int fd, const void *buf, size_t len, int flags)
{
    ssize_t n = sendto(fd, buf, len, flags, NULL, 0);

    /* If this packet is refused too, the next recvfrom() reports it. */
    if (is_earlier_refusal(fd, n))
        n = sendto(fd, buf, len, flags, NULL, 0);
    if (mine.is_on)
        allowance_charge(READ_COST_MIN);
    mark(fd, MARK_SENT);
    if (!readiness_is_readable(fd))
        mark(fd, MARK_EMPTY | MARK_AWAITED);
    if (n >= 0 || !mine.is_on || (errno != EPIPE && errno != ECONNRESET))
        return n;
    mark(fd, MARK_BROKEN | (errno == ECONNRESET ? MARK_RESET : 0));
    return (ssize_t)len;
}

/* Replaces libc's recv(), which has this attribute too. */
__attribute__((visibility("default"), used)) ssize_t
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
recv(int fd, void *buf, size_t len, int flags)
{
    const struct allowance_bound *bound = mine.bound;
    size_t most = mine.call_left;
    ssize_t n;

    if (!mine.is_on || flags != 0)
        return recvfrom(fd, buf, len, flags, NULL, NULL);
    if (most > 0 && bound) {
        size_t allowed = bound->allow(bound->ctx, fd);

        most = allowed < most ? allowed : most;
    }
    if (most == 0 || marks(fd) & MARK_EMPTY) {
        errno = EAGAIN;
        return -1;
    }
    mine.last_fd = fd;
    most = len < most ? len : most;
    n = recvfrom(fd, buf, most, 0, NULL, NULL);
    readiness_note_read(fd, n, most);
    if (n <= 0 && len > 0)
        return end_or_result(fd, n);
    if (n > 0)
        note_read(fd, (size_t)n);
    if (n > 0 && bound)
        bound->note(bound->ctx, fd, (size_t)n);
    return n;
}

/* Replaces libc's recvmmsg(), by which OpenSSL and ngtcp2 read QUIC: datagrams
 * are counted, not limited. */
__attribute__((visibility("default"), used)) int
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
recvmmsg(int fd, struct mmsghdr *messages, unsigned n, int flags,
         struct timespec *timeout)
{
    long got;

    mine.last_fd = fd;
    got = syscall(SYS_recvmmsg, fd, messages, n, flags, timeout);

    for (long i = 0; mine.is_on && i < got; i++)
        count_read(fd, messages[i].msg_len);
    return (int)got;
}
