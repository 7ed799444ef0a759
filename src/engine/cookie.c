#include "engine/cookie.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/buf.h"

/*
 * The limit of browsers and libcurl for a Set-Cookie, and for name and value.
 */
#define FIELD_MAX 5000
#define PAIR_MAX  4096

/* Part of a text. */
struct piece {
    const char *p;
    size_t len;
};

/* What is known of a cookie while it is being read. */
struct draft {
    struct piece domain; /* p NULL: not given */
    struct piece path;
    struct piece name;
    struct piece value;
    int64_t expires_s;
    bool has_max_age;
    bool is_wide;
    bool is_secure;
    bool is_http_only;
};

void
cookie_free(struct cookie *c)
{
    free(c);
}

static struct piece
trim(struct piece t)
{
    while (t.len > 0 && ascii_is_blank(t.p[t.len - 1]))
        t.len--;
    while (t.len > 0 && ascii_is_blank(*t.p)) {
        t.p++;
        t.len--;
    }
    return t;
}

static bool
is_word(struct piece t, const char *word)
{
    return ascii_is_word(t.p, t.len, word);
}

static bool
begins_with(struct piece t, const char *start)
{
    size_t n = strlen(start);

    return t.len >= n && strncasecmp(t.p, start, n) == 0;
}

/* The form in which paths are compared (RFC 6265, 5.2.4), without surrounding
 * quotes.  Reading it from a jar gives the same path. */
static struct piece
clean_path(struct piece t)
{
    while (t.len > 0 && *t.p == '"') {
        t.p++;
        t.len--;
    }
    while (t.len > 0 && strchr("\"/", t.p[t.len - 1]))
        t.len--;
    if (t.len == 0 || *t.p != '/')
        return (struct piece){"/", 1};
    return t;
}

/* The path of a cookie without one, or with an empty one (RFC 6265, 5.2.4): the
 * folder of the request's path. */
static struct piece
default_path(const struct cookie_place *from)
{
    size_t len = strcspn(from->path, "?");

    while (len > 0 && from->path[len - 1] != '/')
        len--;
    return clean_path((struct piece){from->path, len});
}

/* ------------------------------------------------------------- Set-Cookie */

/*
 * Do the name or value contain characters that a header or jar must not have?
 */
static bool
has_controls(struct piece t)
{
    for (size_t i = 0; i < t.len; i++)
        if ((unsigned char)t.p[i] < ' ' || t.p[i] == '\x7f')
            return true;
    return false;
}

/* Returns -1 if a cookie of this host must not have that domain. */
static int
take_domain(struct draft *d, struct piece value,
            const struct cookie_place *from)
{
    const char *dot;

    if (value.len > 0 && *value.p == '.') {
        value.p++;
        value.len--;
    }
    if (value.len == 0)
        return 0;
    d->domain = value;
    d->is_wide = true;
    if (!from)
        return 0;
    if (value.len == from->host_len &&
        strncasecmp(value.p, from->host, value.len) == 0) {
        d->is_wide = !from->is_numeric;
        return 0;
    }
    dot = memchr(value.p, '.', value.len);
    if ((!dot || dot == value.p + value.len - 1) &&
        !is_word(value, "localhost"))
        return -1;
    if (from->is_numeric || value.len >= from->host_len)
        return -1;
    dot = from->host + from->host_len - value.len;
    return dot[-1] == '.' && strncasecmp(dot, value.p, value.len) == 0 ? 0 : -1;
}

static void
take_max_age(struct draft *d, struct piece value, int64_t now_s)
{
    char text[32] = "", *end;
    long long age;

    if (value.len > 0 && *value.p == '"') {
        value.p++;
        value.len--;
    }
    if (value.len >= sizeof(text))
        value.len = sizeof(text) - 1;
    memcpy(text, value.p, value.len);
    age = strtoll(text, &end, 10);
    d->has_max_age = true;
    if (end == text || age <= 0)
        d->expires_s = 1;
    else
        d->expires_s = age > INT64_MAX - now_s ? INT64_MAX : now_s + age;
}

/* The first seconds of 2070 and 2071. */
#define YEAR_2070 INT64_C(3155760000)
#define YEAR_2071 INT64_C(3187296000)

/* The moment of a date; -1 if it is none.  Two-digit years from 70 on mean 19xx
 * (RFC 6265, 5.1.1), but libcurl takes 70 for 2070 and would keep a cookie that
 * is to be deleted. */
static int64_t
read_date(const char *date)
{
    int64_t when = curl_getdate(date, NULL);
    bool is_1970 =
        when >= YEAR_2070 && when < YEAR_2071 && !strstr(date, "2070");

    if (is_1970)
        when -= YEAR_2070;
    return when != -1 && when < 1 ? 1 : when;
}

static void
take_expires(struct draft *d, struct piece value)
{
    char date[128];
    int64_t when;

    if (d->has_max_age || value.len >= sizeof(date))
        return;
    memcpy(date, value.p, value.len);
    date[value.len] = '\0';
    when = read_date(date);
    if (when != -1)
        d->expires_s = when;
}

/* Returns -1 if the cookie must not be kept. */
static int
take_attribute(struct draft *d, struct piece name, struct piece value,
               const struct cookie_place *from, int64_t now_s)
{
    /* Whatever their value (RFC 6265, 5.2.5); libcurl wants none. */
    if (is_word(name, "secure")) {
        d->is_secure = true;
        return !from || from->is_secure ? 0 : -1;
    }
    if (is_word(name, "httponly"))
        d->is_http_only = true;
    else if (is_word(name, "path"))
        d->path = value.len > 0 ? clean_path(value) : (struct piece){0};
    else if (is_word(name, "domain"))
        return take_domain(d, value, from);
    else if (is_word(name, "max-age"))
        take_max_age(d, value, now_s);
    else if (is_word(name, "expires"))
        take_expires(d, value);
    return 0;
}

/* Take "name=value" from the start of a text, up to and including its
 * semicolon.  Returns whether there is an equals sign. */
static bool
next_pair(struct piece *rest, struct piece *name, struct piece *value)
{
    const char *end = memchr(rest->p, ';', rest->len);
    size_t len = end ? (size_t)(end - rest->p) : rest->len;
    const char *equals = memchr(rest->p, '=', len);
    size_t name_len = equals ? (size_t)(equals - rest->p) : len;

    *name = trim((struct piece){rest->p, name_len});
    *value = (struct piece){rest->p + len, 0};
    if (equals)
        *value = trim((struct piece){equals + 1, len - name_len - 1});
    len += end != NULL;
    rest->p += len;
    rest->len -= len;
    return equals != NULL;
}

/* Are the rules for the name's prefix met (RFC 6265bis, 4.1.3)? */
static bool
keeps_prefix(const struct draft *d)
{
    if (begins_with(d->name, "__Secure-"))
        return d->is_secure;
    if (begins_with(d->name, "__Host-"))
        return d->is_secure && !d->is_wide && d->path.len == 1;
    return true;
}

/* Copy a piece to *at, and advance *at. */
static const char *
put(char **at, struct piece t)
{
    char *start = *at;

    if (t.len > 0)
        memcpy(start, t.p, t.len);
    start[t.len] = '\0';
    *at += t.len + 1;
    return start;
}

/* A line of a jar could not represent such a domain. */
static bool
is_odd_domain(struct piece t)
{
    return has_controls(t) || (t.len > 0 && (*t.p == '#' || *t.p == '.'));
}

static struct cookie *
finish(const struct draft *d)
{
    size_t size = d->domain.len + d->path.len + d->name.len + d->value.len + 4;
    struct cookie *c = xcalloc(1, sizeof(*c) + size);
    char *at = (char *)(c + 1);

    c->domain = at;
    for (size_t i = 0; i < d->domain.len; i++)
        at[i] = ascii_lower(d->domain.p[i]);
    at += d->domain.len + 1;
    c->path = put(&at, d->path);
    c->name = put(&at, d->name);
    c->value = put(&at, d->value);
    c->domain_len = d->domain.len;
    c->path_len = d->path.len;
    c->name_len = d->name.len;
    c->value_len = d->value.len;
    c->expires_s = d->expires_s;
    c->is_wide = d->is_wide;
    c->is_secure = d->is_secure;
    c->is_http_only = d->is_http_only;
    return c;
}

struct cookie *
cookie_from_field(const char *text, size_t len, const struct cookie_place *from,
                  int64_t now_s)
{
    struct piece rest = {text, len}, name, value;
    struct draft d = {0};

    while (rest.len > 0 && strchr("\r\n", rest.p[rest.len - 1]))
        rest.len--;
    if (len > FIELD_MAX || !next_pair(&rest, &d.name, &d.value) ||
        d.name.len == 0 || d.name.len + d.value.len > PAIR_MAX ||
        has_controls(d.name) || has_controls(d.value))
        return NULL;
    while (rest.len > 0) {
        (void)next_pair(&rest, &name, &value);
        if (take_attribute(&d, name, value, from, now_s))
            return NULL;
    }
    if (!d.domain.p && from)
        d.domain = (struct piece){from->host, from->host_len};
    if (!d.path.p)
        d.path = from ? default_path(from) : (struct piece){"/", 1};
    if (has_controls(d.path) || is_odd_domain(d.domain) || !keeps_prefix(&d))
        return NULL;
    return finish(&d);
}

/* --------------------------------------------------------------- Netscape */

/* Take the next field of a line.  Its p is NULL after the last one.  Empty
 * fields are skipped, as in libcurl. */
static struct piece
next_field(struct piece *rest)
{
    struct piece field;
    const char *tab;

    while (rest->len > 0 && *rest->p == '\t') {
        rest->p++;
        rest->len--;
    }
    if (rest->len == 0)
        return (struct piece){NULL, 0};
    tab = memchr(rest->p, '\t', rest->len);
    field = (struct piece){rest->p, tab ? (size_t)(tab - rest->p) : rest->len};
    rest->p += field.len;
    rest->len -= field.len;
    return field;
}

/* Read a number of seconds.  Returns -1 if it is not a number. */
static int
take_seconds(struct draft *d, struct piece field)
{
    char text[32], *end;

    if (field.len >= sizeof(text))
        return -1;
    memcpy(text, field.p, field.len);
    text[field.len] = '\0';
    errno = 0;
    d->expires_s = strtoll(text, &end, 10);
    return end == text || errno ? -1 : 0;
}

struct cookie *
cookie_from_line(const char *text, size_t len)
{
    struct piece rest = {text, len}, wide, flag, seconds;
    struct draft d = {0};

    while (rest.len > 0 && strchr("\r\n", rest.p[rest.len - 1]))
        rest.len--;
    if (begins_with(rest, "#HttpOnly_")) {
        d.is_http_only = true;
        rest.p += strlen("#HttpOnly_");
        rest.len -= strlen("#HttpOnly_");
    }
    if (rest.len == 0 || *rest.p == '#')
        return NULL;
    d.domain = next_field(&rest);
    wide = next_field(&rest);
    flag = next_field(&rest);
    if (!d.domain.p || !wide.p || !flag.p)
        return NULL;
    if (*d.domain.p == '.') {
        d.domain.p++;
        d.domain.len--;
    }
    if (d.domain.len == 0)
        return NULL;
    d.is_wide = is_word(wide, "TRUE");
    /* Some files have no path: this field is then the flag. */
    d.path = (struct piece){"/", 1};
    if (!is_word(flag, "TRUE") && !is_word(flag, "FALSE")) {
        d.path = clean_path(flag);
        flag = next_field(&rest);
    }
    d.is_secure = flag.p && is_word(flag, "TRUE");
    seconds = next_field(&rest);
    d.name = next_field(&rest);
    d.value = next_field(&rest);
    if (!d.name.p || take_seconds(&d, seconds) || next_field(&rest).p ||
        d.name.len + d.value.len > PAIR_MAX || is_odd_domain(d.domain) ||
        has_controls(d.path) || has_controls(d.name) || has_controls(d.value) ||
        !keeps_prefix(&d))
        return NULL;
    return finish(&d);
}

void
cookie_write_line(const struct cookie *c, struct buf *out)
{
    buf_printf(out, "%s%s%s\t%s\t%s\t%s\t%" PRId64 "\t%s\t%s\n",
               c->is_http_only ? "#HttpOnly_" : "", c->is_wide ? "." : "",
               c->domain, c->is_wide ? "TRUE" : "FALSE", c->path,
               c->is_secure ? "TRUE" : "FALSE", c->expires_s, c->name,
               c->value);
}

/* --------------------------------------------------------------- Matching */

bool
cookie_is_expired(const struct cookie *c, int64_t now_s)
{
    return c->expires_s != 0 && c->expires_s < now_s;
}

static bool
suits_path(const struct cookie *c, const char *path)
{
    size_t len = strcspn(path, "?");

    if (c->path_len == 1)
        return true;
    return len >= c->path_len && strncmp(c->path, path, c->path_len) == 0 &&
           (len == c->path_len || path[c->path_len] == '/');
}

bool
cookie_suits(const struct cookie *c, const struct cookie_place *to)
{
    bool is_host = c->domain_len == to->host_len;

    if (c->is_secure && !to->is_secure)
        return false;
    if (!is_host && (!c->is_wide || to->is_numeric))
        return false;
    return suits_path(c, to->path);
}
