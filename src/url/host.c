#include "url/host.h"

#include <arpa/inet.h>
#include <string.h>

#include <idn2.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/buf.h"

/* The longest name of a host (RFC 1035, 2.3.4), as text with a trailing dot. */
#define HOST_MAX 254

/* A longer name in UTF-8 cannot be valid; libidn2 need not process it. */
#define UTF8_MAX 2048

static const char no_host[] = "the URL has no host";
static const char bad_name[] = "the host name has bytes no name has";
static const char bad_ipv4[] = "the host ends in a number and is no IPv4 "
                               "address";
static const char bad_ipv6[] = "the host is no IPv6 address";

/* ---------------------------------------------------------------- IPv4 */

/* A number in decimal, octal ("017") or hexadecimal ("0xf"). */
static bool
parse_number(const char *p, size_t len, uint64_t *n)
{
    int base = 10;

    if (len == 0)
        return false;
    if (len >= 2 && p[0] == '0') {
        bool is_hex = p[1] == 'x';

        base = is_hex ? 16 : 8;
        p += 1 + is_hex;
        len -= 1 + (size_t)is_hex;
    }
    *n = 0;
    for (size_t i = 0; i < len; i++) {
        int digit = ascii_hex_value(p[i]);

        if (digit < 0 || digit >= base)
            return false;
        if (*n <= UINT32_MAX)
            *n = *n * (unsigned)base + (unsigned)digit;
    }
    return true;
}

/* Is the last label a number, ignoring a trailing dot? */
static bool
ends_in_number(const char *name, size_t len)
{
    const char *end = name + len, *dot;
    uint64_t n;

    if (end[-1] == '.')
        end--;
    dot = memrchr(name, '.', (size_t)(end - name));
    name = dot ? dot + 1 : name;
    if (name == end)
        return false;
    if (strspn(name, "0123456789") >= (size_t)(end - name))
        return true; /* "08" is not a valid number, but is meant as one */
    return parse_number(name, (size_t)(end - name), &n);
}

/* Parse one to four numbers, of which the last fills the remaining bytes. */
static bool
parse_ipv4(const char *name, size_t len, uint32_t *addr)
{
    const char *end = name + len - (name[len - 1] == '.');
    uint64_t part[4];
    size_t n = 0;

    for (const char *p = name;;) {
        const char *dot = memchr(p, '.', (size_t)(end - p));

        if (n == ARRAY_LEN(part) ||
            !parse_number(p, (size_t)((dot ? dot : end) - p), &part[n]))
            return false;
        n++;
        if (!dot)
            break;
        p = dot + 1;
    }
    if (part[n - 1] >= UINT64_C(1) << (8 * (5 - n)))
        return false;
    *addr = (uint32_t)part[n - 1];
    for (size_t i = 0; i + 1 < n; i++) {
        if (part[i] > 255)
            return false;
        *addr |= (uint32_t)part[i] << (24 - 8 * i);
    }
    return true;
}

static const char *
set_ipv4(const char *name, size_t len, struct arena *mem, struct host *h)
{
    uint32_t addr;

    if (!parse_ipv4(name, len, &addr))
        return bad_ipv4;
    h->name = h->text =
        arena_printf(mem, "%u.%u.%u.%u", addr >> 24, addr >> 16 & 255,
                     addr >> 8 & 255, addr & 255);
    h->is_numeric = true;
    return NULL;
}

/* ---------------------------------------------------------------- IPv6 */

/* Like inet_ntop(), except for "::ffff:1.2.3.4", which the standard writes in
 * hexadecimal. */
static char *
print_ipv6(const struct in6_addr *addr, struct arena *mem)
{
    char text[INET6_ADDRSTRLEN];
    const unsigned char *b = addr->s6_addr;
    char *colon;

    (void)inet_ntop(AF_INET6, addr, text, sizeof(text));
    if (!strchr(text, '.'))
        return arena_strdup(mem, text);
    colon = strrchr(text, ':');
    *colon = '\0';
    return arena_printf(mem, "%s:%x:%x", text, (unsigned)(b[12] << 8 | b[13]),
                        (unsigned)(b[14] << 8 | b[15]));
}

/* Are these characters of a zone (RFC 6874), none of which can end the host? */
static bool
is_zone(const char *p, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!ascii_is_alnum(p[i]) && p[i] != '-' && p[i] != '.' &&
            p[i] != '_' && p[i] != '~')
            return false;
    return len > 0;
}

/* "[address]" or "[address%25zone]" */
static const char *
parse_ipv6(const char *text, size_t len, struct arena *mem, struct host *h)
{
    const char *p = text + 1, *end = text + len - 1;
    const char *percent = memchr(p, '%', (size_t)(end - p));
    char copy[INET6_ADDRSTRLEN];
    size_t n = (size_t)((percent ? percent : end) - p);
    struct in6_addr addr;

    if (n >= sizeof(copy))
        return bad_ipv6;
    memcpy(copy, p, n);
    copy[n] = '\0';
    if (memchr(copy, '\0', n) || inet_pton(AF_INET6, copy, &addr) != 1)
        return bad_ipv6;
    h->name = print_ipv6(&addr, mem);
    h->is_numeric = true;
    if (!percent) {
        h->text = arena_printf(mem, "[%s]", h->name);
        return NULL;
    }
    percent += end - percent > 3 && memcmp(percent, "%25", 3) == 0 ? 3 : 1;
    if (!is_zone(percent, (size_t)(end - percent)))
        return bad_ipv6;
    h->text = arena_printf(mem, "[%s%%25%.*s]", h->name, (int)(end - percent),
                           percent);
    return NULL;
}

/* --------------------------------------------------------------- names */

/* The name with escapes decoded, and ASCII letters in lower case. */
static char *
decode_name(const char *text, size_t len, struct arena *mem, size_t *size,
            bool *is_ascii)
{
    char *name = arena_text(mem, len + 1), *to = name;

    *is_ascii = true;
    for (const char *p = text, *end = text + len; p < end; p++) {
        char c = *p;

        if (ascii_percent_value(p, end) >= 0) {
            c = (char)ascii_percent_value(p, end);
            p += 2;
        }
        *is_ascii = *is_ascii && (unsigned char)c < 0x80;
        *to++ = ascii_lower(c);
    }
    *to = '\0';
    *size = (size_t)(to - name);
    return name;
}

/* Convert an international label to ASCII. */
static const char *
label_to_ascii(struct buf *out, const char *label, struct arena *mem)
{
    char *text = NULL;
    int rc =
        idn2_to_ascii_8z(label, &text, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);

    if (rc == IDN2_MALLOC)
        alloc_failed();
    if (rc != IDN2_OK)
        return arena_printf(mem, "the host name is no domain name: %s",
                            idn2_strerror(rc));
    buf_addstr(out, text);
    idn2_free(text);
    return NULL;
}

/* The length of the dot at s, or of a full stop that counts as one (UTS 46);
 * 0: there is none. */
static size_t
dot_len(const char *s)
{
    static const char *const dots[] = {".", "\xe3\x80\x82", "\xef\xbc\x8e",
                                       "\xef\xbd\xa1"};

    for (size_t i = 0; i < ARRAY_LEN(dots); i++)
        if (strncmp(s, dots[i], strlen(dots[i])) == 0)
            return strlen(dots[i]);
    return 0;
}

/*
 * Convert the labels of a name that are not ASCII.  The others are not given to
 * libidn2, which refuses some that are in use, such as "r3---sn".
 */
static const char *
to_ascii(const char *name, struct arena *mem, const char **ascii)
{
    struct buf out = BUF_INIT;
    const char *why = NULL;

    for (const char *s = name; *s && !why; s += dot_len(s)) {
        const char *label = s;
        bool is_ascii = true;

        for (; *s && dot_len(s) == 0; s++)
            is_ascii = is_ascii && (unsigned char)*s < 0x80;
        if (is_ascii)
            buf_add(&out, label, (size_t)(s - label));
        else
            why = label_to_ascii(
                &out, arena_strndup(mem, label, (size_t)(s - label)), mem);
        if (*s)
            buf_addc(&out, '.');
    }
    *ascii = arena_strndup(mem, out.data, out.len);
    buf_fini(&out);
    return why;
}

/*
 * Some letters become "/", "@" and the like when they are converted to ASCII.
 * libcurl would then see the end of the host there.
 */
static bool
is_usable(const char *name)
{
    static const char refused[] = " /:#?!@{}[]\\|$'\"^`*<>=;,+&()%";

    for (const char *p = name; *p; p++)
        if ((unsigned char)*p <= ' ' || (unsigned char)*p >= 0x7f ||
            strchr(refused, *p))
            return false;
    return true;
}

static const char *
parse_name(const char *text, size_t len, struct arena *mem, struct host *h)
{
    bool is_ascii;
    const char *why = NULL;
    const char *name = decode_name(text, len, mem, &len, &is_ascii);

    if (strlen(name) != len)
        return bad_name;
    if (!is_ascii && len <= UTF8_MAX)
        why = to_ascii(name, mem, &name);
    if (why)
        return why;
    len = strlen(name);
    if (name[strspn(name, ".")] == '\0')
        return no_host;
    if (len > HOST_MAX || (len == HOST_MAX && name[len - 1] != '.'))
        return "the host name is longer than 253 bytes";
    if (!is_usable(name))
        return bad_name;
    if (ends_in_number(name, len))
        return set_ipv4(name, len, mem, h);
    h->name = h->text = name;
    h->is_numeric = false;
    return NULL;
}

const char *
host_parse(const char *text, size_t len, struct arena *mem, struct host *h)
{
    if (len == 0)
        return no_host;
    if (text[0] != '[')
        return parse_name(text, len, mem, h);
    if (text[len - 1] != ']')
        return bad_ipv6;
    return parse_ipv6(text, len, mem, h);
}

size_t
host_len(const char *name)
{
    size_t len = strlen(name);

    while (len > 0 && name[len - 1] == '.')
        len--;
    return len;
}
