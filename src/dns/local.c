#include "dns/local.h"

#include <string.h>
#include <sys/socket.h>

#include "base/addr.h"
#include "dns/addrs.h"
#include "dns/families.h"
#include "dns/hosts_file.h"

/* RFC 6761, 6.3: localhost and all below it; len without trailing dot. */
static bool
is_localhost(const char *name, size_t len)
{
    static const char tail[] = "localhost";
    size_t tail_len = sizeof(tail) - 1;

    return len >= tail_len &&
           memcmp(name + len - tail_len, tail, tail_len) == 0 &&
           (len == tail_len || name[len - tail_len - 1] == '.');
}

/*
 * Add what hosts files leave out: many list localhost without ::1, where a
 * server may be listening.  IPv4 comes first because it is always available.
 */
static void
addrs_add_loopback(struct addrs *a, const struct families *f)
{
    static const struct addr ipv4 = {{127, 0, 0, 1}, 4};
    static const struct addr ipv6 = {{[15] = 1}, 16};

    if (families_have(f, AF_INET) && addrs_count(a, AF_INET) == 0)
        addrs_add(a, &ipv4);
    if (families_have(f, AF_INET6) && addrs_count(a, AF_INET6) == 0)
        addrs_add(a, &ipv6);
}

void
local_find(const struct hosts_file *hosts, const struct families *f,
           const char *name, size_t len, struct addrs *a)
{
    const struct hosts_file_addr *found;

    if (name[len - 1] == '.')
        len--;
    found = hosts_file_find(hosts, name, len);
    for (size_t i = 0; i < f->n; i++)
        addrs_add_hosts(a, found, f->list[i]);
    if (is_localhost(name, len))
        addrs_add_loopback(a, f);
}
