#include "body/name_template.h"

#include <inttypes.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/json_canonical.h"
#include "body/safe_name.h"

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

/* Append a part of a URL with its %XX decoded. */
static void
add_decoded(struct buf *out, const char *s, size_t len)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < len; i++) {
        int value = ascii_percent_value(s + i, s + len);

        buf_addc(&text, value >= 0 ? (char)value : s[i]);
        i += value >= 0 ? 2 : 0;
    }
    safe_name_add(out, text.data, text.len);
    buf_fini(&text);
}

/* A URL's path, without its first slash, and its query. */
struct path_parts {
    const char *path, *base, *query;
    size_t path_len, base_len, query_len;
};

static struct path_parts
split_url(const char *url)
{
    const char *path = strstr(url, "://");
    struct path_parts u = {0};

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
add_dir(struct buf *out, const struct path_parts *u)
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
add_path(struct buf *out, const struct path_parts *u)
{
    size_t before = out->len;

    add_dir(out, u);
    if (out->len > before)
        buf_addc(out, '/');
    add_decoded(out, u->base, u->base_len);
}

/* The length of a basename up to its last dot. */
static size_t
stem_len(const struct path_parts *u)
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
    safe_name_add(out, text.data + is_string, text.len - 2 * (size_t)is_string);
    buf_fini(&text);
}

static void
add_filename(struct buf *out, const char *filename, const struct path_parts *u)
{
    if (filename)
        safe_name_add(out, filename, strlen(filename));
    else
        add_decoded(out, u->base, u->base_len);
}

static void
add_piece(struct buf *out, const char *tmpl, const struct piece *p,
          const struct template_values *v)
{
    struct path_parts u = split_url(v->url ? v->url : "");

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
        safe_name_add(out, u.query, u.query_len);
        break;
    case PIECE_METHOD:
        safe_name_add(out, v->method, strlen(v->method));
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
    safe_name_fix(out);
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
    is_safe = safe_name_check(name.data);
    buf_fini(&name);
    return is_safe;
}
