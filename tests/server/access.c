/* access.c - redirects, cookies, passwords, and refusals that pass. */
#include "route.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "md5.h"
#include "stats.h"

static void
redirect(const struct request *q, struct reply *r, const char *location)
{
    r->status = (int)http_param_int(q, "status", 302);
    reply_text(r, "look elsewhere\n");
    reply_header(r, "Location", location);
}

/* Each hop keeps the query, so that ?status=307 or ?to= hold for all. */
void
route_redirect(const struct request *q, const char *arg, struct reply *r)
{
    unsigned long n = strtoul(arg, NULL, 10);
    char last[2048] = "/";
    struct buf location = {0};

    http_param(q, "to", 0, last, sizeof(last));
    if (http_param_int(q, "abs", 0))
        buf_printf(&location, "http://%s", q->host);
    if (n <= 1)
        buf_puts(&location, last);
    else
        buf_printf(&location, "/redirect/%lu%s%s", n - 1,
                   q->query[0] ? "?" : "", q->query);
    buf_add(&location, "", 1);
    redirect(q, r, location.data);
    buf_free(&location);
}

void
route_redirect_loop(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    redirect(q, r, q->target);
}

void
route_redirect_to(const struct request *q, const char *arg, struct reply *r)
{
    char url[4096] = "";
    struct buf location = {0};

    (void)arg;
    http_param(q, "url", 0, url, sizeof(url));
    buf_puts(&location, url);
    for (int64_t n = http_param_int(q, "pad", 0); n > 0; n--)
        buf_puts(&location, "a");
    buf_add(&location, "", 1);
    redirect(q, r, location.data);
    buf_free(&location);
}

void
route_redirect_no_location(const struct request *q, const char *arg,
                           struct reply *r)
{
    (void)arg;
    r->status = (int)http_param_int(q, "status", 302);
    reply_text(r, "look elsewhere, but I won't say where\n");
}

void
route_cookie_set(const struct request *q, const char *arg, struct reply *r)
{
    char name[1024], value[1024];
    size_t pos = 0;

    (void)arg;
    while (http_param_next(q, &pos, name, value, sizeof(name)))
        buf_printf(&r->headers, "Set-Cookie: %s=%s; Path=/\r\n", name, value);
    reply_text(r, "ok\n");
}

void
route_auth_basic(const struct request *q, const char *arg, struct reply *r)
{
    const char *given = http_header(q, "Authorization");

    (void)arg;
    if (given && strcmp(given, "Basic dTpw") == 0) { /* u:p */
        reply_text(r, "welcome\n");
        return;
    }
    r->status = 401;
    reply_text(r, "who are you?\n");
    reply_header(r, "WWW-Authenticate", "Basic realm=\"test\"");
}

/* The value of name=value or name="value" in a Digest header. */
static void
digest_field(const char *header, const char *name, char *out, size_t size)
{
    size_t n = strlen(name);

    out[0] = '\0';
    for (const char *p = header; (p = strstr(p, name)); p += n) {
        if (p[n] != '=' || (p > header && p[-1] != ' ' && p[-1] != ','))
            continue;
        const char *value = p + n + 1;
        size_t len =
            *value == '"' ? strcspn(++value, "\"") : strcspn(value, ", ");
        snprintf(out, size, "%.*s", (int)len, value);
        return;
    }
}

/* Each Host is a realm of its own. */
static const char *
realm_of(const struct request *q)
{
    const char *host = http_header(q, "Host");

    return host ? host : "test";
}

/* RFC 7616 with MD5 and qop=auth, for the user u with the password p. */
static bool
digest_is_right(const struct request *q, const char *header)
{
    char nonce[64], nc[64], cnonce[128], uri[2048], response[64];
    char secret[MD5_HEX], action[MD5_HEX], right[MD5_HEX];

    digest_field(header, "nonce", nonce, sizeof(nonce));
    digest_field(header, "nc", nc, sizeof(nc));
    digest_field(header, "cnonce", cnonce, sizeof(cnonce));
    digest_field(header, "uri", uri, sizeof(uri));
    digest_field(header, "response", response, sizeof(response));
    if (strcmp(uri, q->target) != 0)
        return false;

    md5_hexf(secret, "u:%s:p", realm_of(q));
    md5_hexf(action, "%s:%s", q->method, uri);
    md5_hexf(right, "%s:%s:%s:%s:auth:%s", secret, nonce, nc, cnonce, action);
    return strcmp(response, right) == 0;
}

void
route_auth_digest(const struct request *q, const char *arg, struct reply *r)
{
    const char *given = http_header(q, "Authorization");
    bool is_stale = http_param_int(q, "stale", 0) != 0;
    char text[256];

    (void)arg;
    if (!is_stale && given && strncmp(given, "Digest ", 7) == 0 &&
        digest_is_right(q, given + 7)) {
        reply_text(r, "welcome\n");
        return;
    }
    r->status = 401;
    reply_text(r, "who are you?\n");
    snprintf(text, sizeof(text),
             "Digest realm=\"%s\", nonce=\"5f3a7c\", qop=\"auth\"%s",
             realm_of(q), is_stale ? ", stale=true" : "");
    reply_header(r, "WWW-Authenticate", text);
}

static void
add_retry_after(const struct request *q, struct reply *r)
{
    int64_t seconds = http_param_int(q, "retry_after", -1);
    if (seconds >= 0)
        buf_printf(&r->headers, "Retry-After: %" PRId64 "\r\n", seconds);

    seconds = http_param_int(q, "retry_date", -1);
    if (seconds >= 0) {
        char text[64];
        time_t due = time(NULL) + (time_t)seconds;
        struct tm tm;
        strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT",
                 gmtime_r(&due, &tm));
        reply_header(r, "Retry-After", text);
    }
}

/* Refuse the first ?times= (default: all) requests of a ?key=. */
static void
refuse(const struct request *q, struct reply *r, int status)
{
    char key[1024];

    if (!http_param(q, "key", 0, key, sizeof(key)))
        snprintf(key, sizeof(key), "%s", q->target);
    uint64_t times = (uint64_t)http_param_int(q, "times", INT64_MAX);
    r->own_status = true;
    if (stats_count_key(key) >= times) {
        reply_text(r, "ok\n");
        return;
    }
    r->status = (int)http_param_int(q, "status", status);
    reply_text(r, "not now\n");
    add_retry_after(q, r);
}

void
route_429(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    refuse(q, r, 429);
}

void
route_flaky(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    refuse(q, r, 503);
}
