#include "dns/families.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Would a packet to the Internet have a global source address?  A unique local
 * one (fd00::/8) means that IPv6 ends at our router.  Connecting a UDP socket
 * only looks up the route and sends nothing; the address is that of a root
 * name server, any other global one would do.
 */
static bool
has_global_source(int fd)
{
    struct sockaddr_in6 sa = {.sin6_family = AF_INET6, .sin6_port = htons(53)};
    socklen_t len = sizeof(sa);

    return inet_pton(AF_INET6, "2001:7fd::1", &sa.sin6_addr) == 1 &&
           connect(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0 &&
           getsockname(fd, (struct sockaddr *)&sa, &len) == 0 &&
           (sa.sin6_addr.s6_addr[0] & 0xe0) == 0x20;
}

struct families
families_choose(int wanted)
{
    struct families f = {.list = {wanted == 6 ? AF_INET6 : AF_INET}, .n = 1};
    int fd;

    if (wanted != 0)
        return f;
    fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd == -1 && errno == EAFNOSUPPORT)
        return f;
    f.n = 2;
    f.list[1] = AF_INET6;
    if (fd == -1)
        return f;
    if (has_global_source(fd)) {
        f.list[0] = AF_INET6;
        f.list[1] = AF_INET;
    }
    close(fd);
    return f;
}

bool
families_have(const struct families *f, int family)
{
    return f->list[0] == family || (f->n == 2 && f->list[1] == family);
}
