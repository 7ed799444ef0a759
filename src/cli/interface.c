#include "cli/interface.h"

#include <net/if.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include "base/addr.h"
#include "base/arena.h"

/* The host's first address of that family. */
static const char *
look_up(const char *name, int family, struct arena *mem)
{
    struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
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
interface_find(const char *text, int ip_version, struct arena *mem)
{
    bool is_if = strncmp(text, "if!", 3) == 0;
    bool is_host = strncmp(text, "host!", 5) == 0;
    const char *name = text + (is_if ? 3 : is_host ? 5 : 0), *found = NULL;
    struct addr addr;

    if (!is_if && addr_parse_plain(name, strlen(name), &addr) == 0)
        return arena_printf(mem, "host!%s", name);
    if (!is_host && if_nametoindex(name) != 0)
        return arena_printf(mem, "if!%s", name);
    if (is_if || !*name)
        return NULL;
    if (ip_version != 6)
        found = look_up(name, AF_INET, mem);
    if (!found && ip_version != 4)
        found = look_up(name, AF_INET6, mem);
    return found;
}
