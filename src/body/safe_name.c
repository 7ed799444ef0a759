#include "body/safe_name.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"

/* Length of "~" and 16 hex digits, which replace the rest of a name that is
 * cut. */
#define CUT_MARK 17

/* The longest suffix treated as an extension, with its dot. */
#define EXT_MAX 17

/*
 * Would some file system or terminal misinterpret this character of len bytes?
 */
static bool
is_unsafe(const char *s, size_t len)
{
    const unsigned char *u = (const unsigned char *)s;

    if (len == 1)
        return *u < 0x20 || *u == 0x7f || strchr("<>:\"/\\|?*", *s);
    if (len == 2)
        return u[0] == 0xc2 && u[1] < 0xa0;
    /* U+2028 to U+202E and U+2066 to U+2069: line ends and text direction. */
    return len == 3 && u[0] == 0xe2 &&
           ((u[1] == 0x80 && u[2] >= 0xa8 && u[2] <= 0xae) ||
            (u[1] == 0x81 && u[2] >= 0xa6 && u[2] <= 0xa9));
}

void
safe_name_add(struct buf *out, const char *s, size_t len)
{
    bool is_first = out->len == 0 || out->data[out->len - 1] == '/';

    while (len > 0) {
        size_t n = utf8_char((const unsigned char *)s, len);

        if (n == 0 || is_unsafe(s, n) || (is_first && *s == '.'))
            buf_addc(out, '_');
        else
            buf_add(out, s, n);
        n += n == 0;
        s += n;
        len -= n;
        is_first = false;
    }
}

/* A control character of ASCII, or a C1 control in UTF-8. */
static bool
is_control(const unsigned char *s)
{
    return *s < 0x20 || *s == 0x7f ||
           (*s == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0);
}

bool
safe_name_check(const char *name)
{
    static const char own[] = ".fanfetch-";

    if (strlen(name) > SAFE_NAME_MAX)
        return false;
    for (const char *s = name; *s; s++) {
        if (is_control((const unsigned char *)s))
            return false;
    }
    for (const char *part = name;; part++) {
        size_t len = strcspn(part, "/");

        if (len == 0 || (len == 1 && part[0] == '.') ||
            (len == 2 && part[0] == '.' && part[1] == '.') ||
            strncasecmp(part, own, strlen(own)) == 0)
            return false;
        part += len;
        if (*part == '\0')
            return true;
    }
}

/* Length of what looks like an extension at the end of a component. */
static size_t
ext_len(const char *part, size_t len)
{
    size_t n = 1;

    while (n < EXT_MAX && n < len && part[len - n] != '.')
        n++;
    return n < len && part[len - n] == '.' ? n : 0;
}

/* A digit from 1 to 9, or a superscript one, of which Latin-1 has three. */
static bool
is_port(const char *s, size_t len)
{
    if (len == 1)
        return ascii_is_digit(*s) && *s != '0';
    return len == 2 &&
           (memcmp(s, "\xc2\xb9", 2) == 0 || memcmp(s, "\xc2\xb2", 2) == 0 ||
            memcmp(s, "\xc2\xb3", 2) == 0);
}

/* Is the part before its first dot the name of a device on Windows? */
static bool
is_device(const char *part, size_t len)
{
    static const char *const names[] = {"con", "prn",    "aux",
                                        "nul", "conin$", "conout$"};
    size_t n = 0;

    while (n < len && part[n] != '.')
        n++;
    while (n > 0 && part[n - 1] == ' ')
        n--;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (ascii_is_word(part, n, names[i]))
            return true;
    return n > 3 && is_port(part + 3, n - 3) &&
           (strncasecmp(part, "com", 3) == 0 ||
            strncasecmp(part, "lpt", 3) == 0);
}

/* Append a component that is too long, shortened. */
static void
add_shortened(struct buf *out, const char *part, size_t len)
{
    char mark[CUT_MARK + 1];
    size_t ext = ext_len(part, len);
    size_t stem = utf8_cut(part, SAFE_PART_MAX - ext - CUT_MARK);

    snprintf(mark, sizeof(mark), "~%016" PRIx64, map_stable_hash(part, len));
    buf_add(out, part, stem);
    buf_add(out, mark, CUT_MARK);
    buf_add(out, part + len - ext, ext);
}

void
safe_name_fix(struct buf *name)
{
    struct buf out = BUF_INIT;

    for (char *part = name->data;; part++) {
        size_t len = strcspn(part, "/");

        for (size_t i = len; i > 0 && strchr(". ", part[i - 1]); i--)
            part[i - 1] = '_';
        if (is_device(part, len) && len < SAFE_PART_MAX)
            buf_addc(&out, '_');
        else if (is_device(part, len))
            *part = '_';
        if (len > SAFE_PART_MAX)
            add_shortened(&out, part, len);
        else
            buf_add(&out, part, len);
        part += len;
        buf_addc(&out, *part);
        if (*part == '\0')
            break;
    }
    buf_fini(name);
    *name = out;
}
