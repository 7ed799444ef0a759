#include "engine/kernel.h"

#include <sys/ioctl.h>

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "engine/callbacks.h"
#include "engine/transfer.h"

/* Sent bytes that the kernel still holds: all that are not acknowledged
 * (SIOCOUTQ), or those not sent yet (SIOCOUTQNSD). */
static int
queued_bytes(const struct transfer *x, unsigned long request)
{
    int n = 0;

    return x->wire.fd >= 0 && ioctl(x->wire.fd, request, &n) == 0 && n > 0 ? n
                                                                           : 0;
}

int
kernel_unacked(const struct transfer *x)
{
    return queued_bytes(x, SIOCOUTQ);
}

bool
kernel_is_uploading(struct transfer *x)
{
    int before = x->unacked;

    if (x->upload_left > 0)
        return true;
    if (before == 0)
        return false;
    x->unacked = queued_bytes(x, SIOCOUTQ);
    return x->unacked < before || queued_bytes(x, SIOCOUTQNSD) > 0;
}

int64_t
kernel_heard_us(const struct transfer *x, int64_t now_us)
{
    struct tcp_info info = {0};
    socklen_t len = sizeof(info);

    if (x->wire.fd < 0 || callbacks_may_multiplex(x) ||
        getsockopt(x->wire.fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0)
        return 0;
    return now_us - (int64_t)info.tcpi_last_data_recv * US_PER_MS;
}
