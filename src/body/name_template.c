#include "body/name_template.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/json_canonical.h"
#include "base/map.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Length of "~" and 16 hex digits, which replace the rest of a name that is
 * cut. */
#define CUT_MARK 17

/* The longest suffix treated as an extension, with its dot. */
#define EXT_MAX 17

enum piece_kind {
    PIECE_TEXT,
    PIECE_INDEX,
    PIECE_ID,
    PIECE_HOST,
    PIECE_PORT,
    PIECE_PATH,
    PIECE_DIR,
    PIECE_BASENAME,
    PIECE_STEM,
    PIECE_QUERY,
    PIECE_METHOD,
    PIECE_DATE,
    PIECE_KNOWN_LATE, /* the following depend on the response */
    PIECE_STATUS = PIECE_KNOWN_LATE,
    PIECE_FILENAME,
    PIECE_HASH,
    PIECE_EXT,
    PIECE_NONE, /* a brace that opens no known value */
};

/* One piece of a template. */
struct piece {
    enum piece_kind kind;
    size_t len;      /* its length in the template */
    unsigned digits; /* of PIECE_HASH */
};

/* Read "64}", from 1 to all digits.  Sets the length including the brace, or
 * 0. */
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

static const struct {
    const char *text;
    enum piece_kind kind;
} words[] = {
    {"{index}", PIECE_INDEX},       {"{id}", PIECE_ID},
    {"{host}", PIECE_HOST},         {"{port}", PIECE_PORT},
    {"{path}", PIECE_PATH},         {"{dir}", PIECE_DIR},
    {"{basename}", PIECE_BASENAME}, {"{stem}", PIECE_STEM},
    {"{query}", PIECE_QUERY},       {"{method}", PIECE_METHOD},
    {"{date}", PIECE_DATE},         {"{status}", PIECE_STATUS},
    {"{filename}", PIECE_FILENAME}, {"{hash}", PIECE_HASH},
    {"{ext}", PIECE_EXT},
};

/* Read the first piece of a template that is not at its end. */
static struct piece
read_piece(const char *tmpl)
{
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

const char *
template_word(size_t i)
{
    return i < ARRAY_LEN(words) ? words[i].text : NULL;
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
template_is_known_first(const char *tmpl)
{
    while (*tmpl) {
        struct piece p = read_piece(tmpl);

        if (p.kind >= PIECE_KNOWN_LATE && p.kind < PIECE_NONE)
            return false;
        tmpl += p.kind == PIECE_NONE ? 2 : p.len;
    }
    return true;
}

/*
 * The index keeps names distinct only if it can be read from one end of the
 * name: on that side of it there is nothing but text (an extension begins with
 * a dot, so it counts as text), and no digit touches it on the other side.
 */
bool
template_index_may_clash(const char *tmpl)
{
    bool text_before = true, text_after = false, has_index = false;
    char before = '/', touching = '/';

    while (*tmpl) {
        struct piece p = read_piece(tmpl);
        bool is_text = p.kind == PIECE_TEXT || p.kind == PIECE_NONE;

        if (p.kind == PIECE_NONE)
            p.len = 2;
        if (p.kind == PIECE_INDEX) {
            const char *rest = tmpl + p.len;
            bool is_apart = *rest == '\0' || starts_with(rest, "{ext}") ||
                            (*rest != '{' && !ascii_is_digit(*rest));

            if (text_before && is_apart)
                return false;
            has_index = text_after = true;
            touching = before;
        } else if (!is_text) {
            text_before = false;
            text_after &= p.kind == PIECE_EXT;
        }
        before = is_text ? tmpl[p.len - 1] : '0';
        tmpl += p.len;
    }
    return has_index && !(text_after && !ascii_is_digit(touching));
}

/*
 * A host is hostile: even one that a URL parser accepts may be ".." or contain
 * a slash.  A leading dot becomes "_", too.
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

/*
 * Would some file system or terminal misinterpret this character of len bytes?
 */
static bool
is_awkward(const char *s, size_t len)
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

/*
 * Append a value as valid UTF-8, within one component, without a leading dot.
 */
static void
add_safe(struct buf *out, const char *s, size_t len)
{
    bool is_first = out->len == 0 || out->data[out->len - 1] == '/';

    while (len > 0) {
        size_t n = utf8_char((const unsigned char *)s, len);

        if (n == 0 || is_awkward(s, n) || (is_first && *s == '.'))
            buf_addc(out, '_');
        else
            buf_add(out, s, n);
        n += n == 0;
        s += n;
        len -= n;
        is_first = false;
    }
}

/* Append a part of a URL with its %XX decoded. */
static void
add_decoded(struct buf *out, const char *s, size_t len)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < len; i++) {
        int high = s[i] == '%' && len - i > 2 ? ascii_hex_value(s[i + 1]) : -1;
        int low = high >= 0 ? ascii_hex_value(s[i + 2]) : -1;

        buf_addc(&text, low >= 0 ? (char)(high << 4 | low) : s[i]);
        i += low >= 0 ? 2 : 0;
    }
    add_safe(out, text.data, text.len);
    buf_fini(&text);
}

/* A URL's path, without its first slash, and its query. */
struct url_parts {
    const char *path, *base, *query;
    size_t path_len, base_len, query_len;
};

static struct url_parts
split_url(const char *url)
{
    const char *path = strstr(url, "://");
    struct url_parts u = {0};

    path = path ? path + 3 : url;
    path += strcspn(path, "/?#");
    path += *path == '/';
    u.path = path;
    u.path_len = strcspn(path, "?#");
    u.query = path + u.path_len + (path[u.path_len] == '?');
    u.query_len = path[u.path_len] == '?' ? strcspn(u.query, "#") : 0;
    u.base = path + u.path_len;
    while (u.base > path && u.base[-1] != '/')
        u.base--;
    u.base_len = (size_t)(path + u.path_len - u.base);
    if (u.base_len == 0) {
        u.base = "index"; /* as for a folder */
        u.base_len = 5;
    }
    return u;
}

/* Append the folders of a path without empty ones. */
static void
add_dir(struct buf *out, const struct url_parts *u)
{
    const char *s = u->path, *end = s + u->path_len;
    bool is_first = true;

    for (;;) {
        const char *slash = memchr(s, '/', (size_t)(end - s));

        if (!slash)
            return;
        if (slash > s) {
            if (!is_first)
                buf_addc(out, '/');
            add_decoded(out, s, (size_t)(slash - s));
            is_first = false;
        }
        s = slash + 1;
    }
}

static void
add_path(struct buf *out, const struct url_parts *u)
{
    size_t before = out->len;

    add_dir(out, u);
    if (out->len > before)
        buf_addc(out, '/');
    add_decoded(out, u->base, u->base_len);
}

/* The length of a basename up to its last dot. */
static size_t
stem_len(const struct url_parts *u)
{
    size_t len = u->base_len;

    while (len > 1 && u->base[len - 1] != '.')
        len--;
    return len > 1 ? len - 1 : u->base_len;
}

/* Append a string without quotes and escapes, or any other value unchanged. */
static void
add_id(struct buf *out, const char *id)
{
    struct buf text = BUF_INIT;
    bool is_string;

    json_canonical(&text, id ? id : "null", id ? strlen(id) : 4);
    is_string = text.len >= 2 && text.data[0] == (char)0xff;
    add_safe(out, text.data + is_string, text.len - 2 * (size_t)is_string);
    buf_fini(&text);
}

static void
add_filename(struct buf *out, const char *filename, const struct url_parts *u)
{
    if (filename)
        add_safe(out, filename, strlen(filename));
    else
        add_decoded(out, u->base, u->base_len);
}

static void
add_piece(struct buf *out, const char *tmpl, const struct piece *p,
          const struct template_values *v)
{
    struct url_parts u = split_url(v->url ? v->url : "");

    switch (p->kind) {
    case PIECE_TEXT:
        buf_add(out, tmpl, p->len);
        break;
    case PIECE_INDEX:
        buf_printf(out, "%" PRIu64, v->index);
        break;
    case PIECE_ID:
        add_id(out, v->id);
        break;
    case PIECE_HOST:
        add_host(out, v->host);
        break;
    case PIECE_PORT:
        buf_printf(out, "%u", v->port);
        break;
    case PIECE_PATH:
        add_path(out, &u);
        break;
    case PIECE_DIR:
        add_dir(out, &u);
        break;
    case PIECE_BASENAME:
        add_decoded(out, u.base, u.base_len);
        break;
    case PIECE_STEM:
        add_decoded(out, u.base, stem_len(&u));
        break;
    case PIECE_QUERY:
        add_safe(out, u.query, u.query_len);
        break;
    case PIECE_METHOD:
        add_safe(out, v->method, strlen(v->method));
        break;
    case PIECE_DATE:
        buf_addstr(out, v->date);
        break;
    case PIECE_STATUS:
        buf_printf(out, "%d", v->status);
        break;
    case PIECE_FILENAME:
        add_filename(out, v->filename, &u);
        break;
    case PIECE_HASH:
        buf_add(out, v->hash, p->digits);
        break;
    case PIECE_EXT:
        buf_addstr(out, v->ext);
        break;
    case PIECE_NONE: /* "{{" */
        buf_addc(out, '{');
        break;
    }
}

/* Expand the template without further checks, NUL-terminated. */
static void
expand(struct buf *out, const char *tmpl, const struct template_values *values)
{
    while (*tmpl) {
        struct piece p = read_piece(tmpl);

        add_piece(out, tmpl, &p, values);
        tmpl += p.kind == PIECE_NONE ? 2 : p.len;
    }
    buf_addc(out, '\0');
}

/* Remove empty components.  If the last one is empty, it becomes "_". */
static void
drop_empty(struct buf *name)
{
    size_t to = 0;

    for (size_t from = 0; name->data[from]; from++) {
        if (name->data[from] != '/' || (to > 0 && name->data[to - 1] != '/'))
            name->data[to++] = name->data[from];
    }
    name->len = to;
    if (to == 0 || name->data[to - 1] == '/')
        buf_addc(name, '_');
    buf_addc(name, '\0');
}

void
template_expand(struct buf *out, const char *tmpl,
                const struct template_values *values)
{
    expand(out, tmpl, values);
    drop_empty(out);
    template_fix(out);
}

/* A control character of ASCII, or a C1 control in UTF-8. */
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
            (len == 2 && part[0] == '.' && part[1] == '.') ||
            starts_with(part, ".fanfetch-"))
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

/* Is it, up to its first dot, a Windows device name? */
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
        if (strlen(names[i]) == n && strncasecmp(part, names[i], n) == 0)
            return true;
    return n == 4 && ascii_is_digit(part[3]) && part[3] != '0' &&
           (strncasecmp(part, "com", 3) == 0 ||
            strncasecmp(part, "lpt", 3) == 0);
}

/* Append a component that is too long, shortened. */
static void
add_cut(struct buf *out, const char *part, size_t len)
{
    char mark[CUT_MARK + 1];
    size_t ext = ext_len(part, len);
    size_t stem = utf8_cut(part, TEMPLATE_PART_MAX - ext - CUT_MARK);

    snprintf(mark, sizeof(mark), "~%016" PRIx64, map_stable_hash(part, len));
    buf_add(out, part, stem);
    buf_add(out, mark, CUT_MARK);
    buf_add(out, part + len - ext, ext);
}

void
template_fix(struct buf *name)
{
    struct buf out = BUF_INIT;

    for (char *part = name->data;; part++) {
        size_t len = strcspn(part, "/");

        for (size_t i = len; i > 0 && strchr(". ", part[i - 1]); i--)
            part[i - 1] = '_';
        if (is_device(part, len) && len < TEMPLATE_PART_MAX)
            buf_addc(&out, '_');
        else if (is_device(part, len))
            *part = '_';
        if (len > TEMPLATE_PART_MAX)
            add_cut(&out, part, len);
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

bool
template_is_valid(const char *tmpl)
{
    static const struct template_values sample = {
        .host = "host",
        .url = "http://host/dir/name.ext?query",
        .method = "GET",
        .date = "2026-11-29",
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
    expand(&name, tmpl, &sample);
    is_safe = template_is_safe(name.data);
    buf_fini(&name);
    return is_safe;
}
