#include "url/spelling.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/addr.h"
#include "base/ascii.h"
#include "url/host.h"

#define MAX_PARTS 4

/* Values above this are treated alike. */
#define TOO_BIG (UINT64_C(1) << 40)

/* Read the digits of a base.  Returns false if there are other characters. */
static bool
read_digits(const char *s, size_t len, unsigned base, uint64_t *value)
{
    *value = 0;
    for (size_t i = 0; i < len; i++) {
        int digit = ascii_hex_value(s[i]);

        if (digit < 0 || (unsigned)digit >= base)
            return false;
        *value = *value * base + (unsigned)digit;
        if (*value > TOO_BIG)
            *value = TOO_BIG;
    }
    return true;
}

/* Read one part; with has_octal, a leading zero means octal. */
static bool
read_part(const char *s, size_t len, bool has_octal, uint64_t *value)
{
    if (len >= 2 && s[0] == '0' && (s[1] | 0x20) == 'x')
        return read_digits(s + 2, len - 2, 16, value);
    return len > 0 &&
           read_digits(s, len, has_octal && s[0] == '0' ? 8 : 10, value);
}

/* Read a name of len bytes as an address.  Returns false if it is not one. */
static bool
read_addr(const char *s, size_t len, bool has_octal, struct addr *addr)
{
    uint64_t sum = 0, value;
    size_t nparts = 0;

    for (size_t at = 0; at <= len; nparts++) {
        const char *dot = memchr(s + at, '.', len - at);
        size_t n = dot ? (size_t)(dot - s) - at : len - at;
        bool is_last = !dot;
        uint64_t limit;

        if (nparts == MAX_PARTS || !read_part(s + at, n, has_octal, &value))
            return false;
        limit = is_last ? UINT64_C(1) << 8 * (MAX_PARTS - nparts) : 256;
        if (value >= limit)
            return false;
        sum |= is_last ? value : value << 8 * (MAX_PARTS - 1 - nparts);
        at += n + 1;
    }
    memset(addr, 0, sizeof(*addr));
    addr->n = 4;
    for (size_t i = 0; i < 4; i++)
        addr->bytes[i] = (unsigned char)(sum >> (24 - 8 * i));
    return true;
}

size_t
spelling_addrs(const char *name, struct addr addrs[SPELLING_READINGS])
{
    size_t len = host_len(name), n = 0;

    if (len == 0 || !spelling_is_number(name))
        return 0;
    n += read_addr(name, len, true, &addrs[n]);
    n += read_addr(name, len, false, &addrs[n]);
    return n;
}

bool
spelling_is_number(const char *name)
{
    size_t len = host_len(name);
    const char *dot = len ? memrchr(name, '.', len) : NULL;
    const char *last = dot ? dot + 1 : name;
    uint64_t value;

    len -= (size_t)(last - name);
    return read_part(last, len, false, &value);
}

/* Is the name of len bytes this one, or below it? */
static bool
is_within(const char *name, size_t len, const char *zone)
{
    size_t n = strlen(zone);

    return len >= n && strncasecmp(name + len - n, zone, n) == 0 &&
           (len == n || name[len - n - 1] == '.');
}

/* "xn--localhost-": an A-label of only ASCII, which is invalid (RFC 5891,
 * 4.2.3) and which a careless decoder turns into "localhost". */
static bool
has_fake_label(const char *name, size_t len)
{
    const char *end = name + len;

    while (name < end) {
        const char *dot = memchr(name, '.', (size_t)(end - name));
        const char *stop = dot ? dot : end;

        if (stop - name > 4 && strncasecmp(name, "xn--", 4) == 0 &&
            stop[-1] == '-')
            return true;
        name = stop + 1;
    }
    return false;
}

/* Names that no public name server answers for, or only with such an address:
 * of hosts files and clouds, and those reserved for networks' own use (RFC
 * 6761, 6762 and 8375, and ICANN's "internal").  Names below them count, too.
 */
static const char *const local_zones[] = {
    "localhost",
    "localdomain",
    "localhost4",
    "localhost6",
    "localdomain4",
    "localdomain6",
    "home.arpa",
    "internal",
    "local",
    "metadata.goog",
    "metadata.tencentyun.com",
    "svc",
};

bool
spelling_is_local(const char *name)
{
    size_t len = host_len(name);

    for (size_t i = 0; i < ARRAY_LEN(local_zones); i++)
        if (is_within(name, len, local_zones[i]))
            return true;
    return (len && !memchr(name, '.', len)) || has_fake_label(name, len);
}
