/*
 * Connections with many streams (HTTP/2): what several streams have to send in
 * one turn leaves in few packets.
 */
#include "engine/sock.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

void
streams_forget(struct sockets *s, int fd)
{
    for (size_t i = 0; i < s->nmultiplexed; i++)
        if (s->multiplexed[i] == fd)
            s->multiplexed[i] = s->multiplexed[--s->nmultiplexed];
}

void
sockets_set_multiplexed(struct sockets *s, int fd)
{
    struct sock *k = sock_of(s, fd);

    streams_forget(s, fd);
    if (!k)
        return;
    k->has_streams = true;
    ends_add(k);
    if (s->nmultiplexed < MULTIPLEXED_MAX)
        s->multiplexed[s->nmultiplexed++] = fd;
}

static void
set_cork(const struct sockets *s, int is_on)
{
    for (size_t i = 0; i < s->nmultiplexed; i++)
        (void)setsockopt(s->multiplexed[i], IPPROTO_TCP, TCP_CORK, &is_on,
                         sizeof(is_on));
}

void
sockets_hold_streams(struct sockets *s)
{
    set_cork(s, 1);
}

void
sockets_release_streams(struct sockets *s)
{
    set_cork(s, 0);
}
