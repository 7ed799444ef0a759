#include "cli/interface.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"

static bool
is_address(const char *text)
{
    unsigned char bytes[sizeof(struct in6_addr)];

    return inet_pton(AF_INET, text, bytes) == 1 ||
           inet_pton(AF_INET6, text, bytes) == 1;
}

/* The first address of a host. */
static const char *
look_up(const char *name, struct arena *mem)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    char text[NI_MAXHOST];
    int rc;

    if (getaddrinfo(name, NULL, &hints, &found) != 0)
        return NULL;
    rc = getnameinfo(found->ai_addr, found->ai_addrlen, text, sizeof(text),
                     NULL, 0, NI_NUMERICHOST);
    freeaddrinfo(found);
    return rc == 0 ? arena_printf(mem, "host!%s", text) : NULL;
}

const char *
interface_find(const char *text, struct arena *mem)
{
    bool is_if = strncmp(text, "if!", 3) == 0;
    bool is_host = strncmp(text, "host!", 5) == 0;
    const char *name = text + (is_if ? 3 : is_host ? 5 : 0);

    if (!is_if && is_address(name))
        return arena_printf(mem, "host!%s", name);
    if (!is_host && if_nametoindex(name) != 0)
        return arena_printf(mem, "if!%s", name);
    return is_if || !*name ? NULL : look_up(name, mem);
}
