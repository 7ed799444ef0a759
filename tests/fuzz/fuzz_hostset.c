/*
 * fuzz_hostset.c - patterns of hosts: the first line of the input is a
 * pattern, the rest a host.
 *
 * What is a pattern is a name that it has, or a network that has its own
 * address; an address that is read is the same when it is written and read
 * again.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/addr.h"
#include "url/hostset.h"

static void
check_addr(const char *text)
{
    struct addr a, again;
    char plain[ADDR_TEXT];

    if (addr_parse(text, strlen(text), &a))
        return;
    addr_format(&a, plain);
    check(addr_parse(plain, strlen(plain), &again) == 0);
    check(a.n == again.n && memcmp(a.bytes, again.bytes, a.n) == 0);
    check(addr_is_public(&a) == addr_is_public(&again));
}

static void
check_own(const struct hostset *set, const char *pattern)
{
    struct net net;

    if (pattern[0] == '*')
        check(!hostset_has_name(set, pattern + 2));
    else if (net_parse(pattern, strlen(pattern), &net) == 0)
        check(hostset_has_addr(set, &net.addr));
    else
        check(hostset_has_name(set, pattern));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    char *host;
    const char *pattern = text;
    struct hostset *set;
    struct addr a;

    check(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';
    host = strchr(text, '\n');
    if (host)
        *host++ = '\0';
    else
        host = text + size;
    check_addr(pattern);
    check_addr(host);
    if (hostset_is_pattern(pattern)) {
        set = hostset_new(&pattern, 1);
        check_own(set, pattern);
        if (hostset_has_name(set, host))
            check(addr_parse(pattern, strlen(pattern), &a) != 0);
        hostset_free(set);
    }
    free(text);
    return 0;
}
