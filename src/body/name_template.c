#include "body/name_template.h"

#include "base/buf.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* The longest thing that is taken for an extension, with its dot. */
#define EXT_MAX 17

enum piece_kind {
    PIECE_TEXT,
    PIECE_INDEX,
    PIECE_HOST,
    PIECE_HASH,
    PIECE_EXT,
    PIECE_NONE, /* a brace that opens nothing we know */
};

/* What stands at some place in a template. */
struct piece {
    enum piece_kind kind;
    size_t len;      /* bytes of the template */
    unsigned digits; /* of PIECE_HASH */
};

/* "64}": from 1 to all digits.  Sets the length with the brace, or 0. */
static unsigned
read_digits(const char *s, size_t *len)
{
    unsigned n = 0;
    size_t i = 0;

    while (i < 2 && s[i] >= '0' && s[i] <= '9')
        n = n * 10 + (unsigned)(s[i++] - '0');
    *len = s[i] == '}' && s[0] != '0' ? i + 1 : 0;
    return n;
}

static bool
starts_with(const char *s, const char *start)
{
    return strncmp(s, start, strlen(start)) == 0;
}

/* A short hash: {hash:8}. */
static struct piece
read_hash(const char *tmpl)
{
    struct piece p = {PIECE_HASH, strlen("{hash:"), 0};
    size_t len;

    p.digits = read_digits(tmpl + p.len, &len);
    if (len == 0 || p.digits == 0 || p.digits > TEMPLATE_HASH_DIGITS)
        return (struct piece){PIECE_NONE, 1, 0};
    p.len += len;
    return p;
}

/* What a template that is not at its end begins with. */
static struct piece
read_piece(const char *tmpl)
{
    static const struct {
        const char *text;
        enum piece_kind kind;
    } words[] = {
        {"{index}", PIECE_INDEX},
        {"{host}", PIECE_HOST},
        {"{hash}", PIECE_HASH},
        {"{ext}", PIECE_EXT},
    };

    if (*tmpl != '{')
        return (struct piece){PIECE_TEXT, strcspn(tmpl, "{"), 0};
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (starts_with(tmpl, words[i].text))
            return (struct piece){words[i].kind, strlen(words[i].text),
                                  TEMPLATE_HASH_DIGITS};
    }
    if (starts_with(tmpl, "{hash:"))
        return read_hash(tmpl);
    return (struct piece){PIECE_NONE, 1, 0};
}

bool
template_is_valid(const char *tmpl)
{
    static const struct template_values sample = {
        .host = "host",
        .hash = "0123456789abcdef0123456789abcdef"
                "0123456789abcdef0123456789abcdef",
        .ext = ".ext",
    };
    struct buf name = BUF_INIT;
    bool is_safe;

    for (const char *s = tmpl; *s;) {
        struct piece p = read_piece(s);

        if (p.kind == PIECE_NONE && !starts_with(s, "{{"))
            return false;
        s += p.kind == PIECE_NONE ? 2 : p.len;
    }
    template_expand(&name, tmpl, &sample);
    is_safe = template_is_safe(name.data);
    buf_fini(&name);
    return is_safe;
}

unsigned
template_hash_digits(const char *tmpl)
{
    unsigned most = 0;

    while (*tmpl) {
        struct piece p = read_piece(tmpl);

        if (p.kind == PIECE_HASH && p.digits > most)
            most = p.digits;
        tmpl += p.kind == PIECE_NONE ? 2 : p.len;
    }
    return most;
}

bool
template_has_index(const char *tmpl)
{
    while (*tmpl) {
        struct piece p = read_piece(tmpl);

        if (p.kind == PIECE_INDEX)
            return true;
        tmpl += p.kind == PIECE_NONE ? 2 : p.len;
    }
    return false;
}

/*
 * A host is hostile: what a URL parser lets pass may still be "..", or have
 * a slash in it.  A dot in front becomes "_", too.
 */
static void
add_host(struct buf *out, const char *host)
{
    for (const char *s = host; *s; s++) {
        char c = *s;
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '-' ||
                        (c == '.' && s > host);

        buf_addc(out, is_plain ? c : '_');
    }
}

void
template_expand(struct buf *out, const char *tmpl,
                const struct template_values *values)
{
    while (*tmpl) {
        struct piece p = read_piece(tmpl);

        switch (p.kind) {
        case PIECE_TEXT:
            buf_add(out, tmpl, p.len);
            break;
        case PIECE_INDEX:
            buf_printf(out, "%" PRIu64, values->index);
            break;
        case PIECE_HOST:
            add_host(out, values->host);
            break;
        case PIECE_HASH:
            buf_add(out, values->hash, p.digits);
            break;
        case PIECE_EXT:
            buf_addstr(out, values->ext);
            break;
        case PIECE_NONE: /* "{{" */
            assert(tmpl[1] == '{');
            buf_addc(out, '{');
            p.len = 2;
            break;
        }
        tmpl += p.len;
    }
    buf_addc(out, '\0');
    template_cut(out);
}

/* A control character of ASCII, or of C1 in UTF-8. */
static bool
is_control(const unsigned char *s)
{
    return *s < 0x20 || *s == 0x7f ||
           (*s == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0);
}

bool
template_is_safe(const char *name)
{
    if (strlen(name) > TEMPLATE_NAME_MAX)
        return false;
    for (const char *s = name; *s; s++) {
        if (is_control((const unsigned char *)s))
            return false;
    }
    for (const char *part = name;; part++) {
        size_t len = strcspn(part, "/");

        if (len == 0 || (len == 1 && part[0] == '.') ||
            (len == 2 && part[0] == '.' && part[1] == '.'))
            return false;
        part += len;
        if (*part == '\0')
            return true;
    }
}

/* Bytes of what looks like an extension at the end of a component. */
static size_t
ext_len(const char *part, size_t len)
{
    size_t n = 1;

    while (n < EXT_MAX && n < len && part[len - n] != '.')
        n++;
    return n < len && part[len - n] == '.' ? n : 0;
}

static bool
continues_char(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* max, or less where that would be within a UTF-8 character. */
static size_t
whole_chars(const char *s, size_t max)
{
    size_t len = max;

    while (max - len < 3 && continues_char(s[len]))
        len--;
    return continues_char(s[len]) ? max : len;
}

void
template_cut(struct buf *name)
{
    size_t from = 0, to = 0;

    while (name->data[from]) {
        const char *part = name->data + from;
        size_t len = strcspn(part, "/");

        if (len > TEMPLATE_PART_MAX) {
            size_t ext = ext_len(part, len);
            size_t stem = whole_chars(part, TEMPLATE_PART_MAX - ext);

            memmove(name->data + to, part, stem);
            memmove(name->data + to + stem, part + len - ext, ext);
            to += stem + ext;
        } else {
            memmove(name->data + to, part, len);
            to += len;
        }
        from += len;
        if (name->data[from] == '/')
            name->data[to++] = name->data[from++];
    }
    name->data[to++] = '\0';
    name->len = to;
}
