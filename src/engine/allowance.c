/* With it the header would define recv() itself. */
#undef _FORTIFY_SOURCE

#include "engine/allowance.h"

#include <errno.h>
#include <sys/socket.h>

#include "base/budgets.h"

/* It can't be an engine's: recv() knows no more than its thread. */
static _Thread_local struct {
    bool is_on;       /* the thread has an engine */
    size_t turn_left; /* bytes of this turn, beyond which calls get less */
    size_t call_left; /* of this call */
    size_t call_used;
} mine;

void
allowance_begin_turn(void)
{
    mine.is_on = true;
    mine.turn_left = READ_PER_TURN;
}

void
allowance_begin_call(void)
{
    mine.call_left =
        mine.turn_left < READ_PER_CALL ? mine.turn_left : READ_PER_CALL;
    if (mine.call_left < READ_PER_CALL_MIN)
        mine.call_left = READ_PER_CALL_MIN;
    mine.call_used = 0;
}

size_t
allowance_used(void)
{
    return mine.call_used;
}

static void
note_read(size_t n)
{
    mine.call_used += n;
    mine.call_left -= n < mine.call_left ? n : mine.call_left;
    mine.turn_left -= n < mine.turn_left ? n : mine.turn_left;
}

/* In the place of libc's, which is this, too. */
__attribute__((visibility("default"), used)) ssize_t
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
recv(int fd, void *buf, size_t len, int flags)
{
    ssize_t n;

    if (!mine.is_on || flags != 0)
        return recvfrom(fd, buf, len, flags, NULL, NULL);
    if (mine.call_left == 0) {
        errno = EAGAIN;
        return -1;
    }
    n = recvfrom(fd, buf, len < mine.call_left ? len : mine.call_left, 0, NULL,
                 NULL);
    if (n > 0)
        note_read((size_t)n);
    return n;
}
