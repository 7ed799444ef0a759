#include "engine/prepare.h"

#include <stdlib.h>
#include <string.h>

#include "base/addr.h"
#include "base/alloc.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "engine/cookie.h"
#include "engine/cookies.h"
#include "engine/easy.h"
#include "engine/setup.h"
#include "engine/transfer.h"
#include "job/http.h"
#include "job/job.h"
#include "job/options.h"

bool
prepare_is_single_use(const struct transfer *x)
{
    return x->env->opts->force_close ||
           (x->env->h2c_is_broken && !x->job->target.is_tls &&
            !target_asks_proxy(&x->job->target));
}

/* The rest of a time-out, at least 1 ms, since 0 means none. */
static long
left_ms(int64_t us)
{
    long ms = easy_ms(us);

    return ms < 1 ? 1 : ms;
}

/*
 * Set the rest of each time-out.  The look-up and this hop so far count
 * against both, the attempt's earlier hops against the total.
 */
void
prepare_timeouts(struct transfer *x, int64_t now_us)
{
    const struct job *j = x->job;
    int64_t used = now_us - x->start_us + (j->dns_us > 0 ? j->dns_us : 0);
    int64_t total = j->first.timeout_us;
    int64_t connect = j->first.connect_timeout_us;

    x->nlooks_overdue = 0;
    EASY_SET(x->easy, CURLOPT_TIMEOUT_MS,
             total ? left_ms(total - j->attempt_us - used) : 0L);
    /* 0 would mean libcurl's default of 300 s. */
    EASY_SET(x->easy, CURLOPT_CONNECTTIMEOUT_MS,
             connect ? left_ms(connect - used) : (long)INT32_MAX);
}

/* A host of the job's and its addresses. */
struct peer {
    const char *host;
    uint16_t port;
    struct addr_list addrs;
};

/* Does the handle's cache have the addresses already?  An entry that expires
 * does not count. */
static bool
knows_addresses(const struct resolved *r, const struct peer *p)
{
    size_t len = strlen(p->host);
    const char *entry = r->text.data;

    return p->host[0] != '-' && r->text.len > 0 &&
           strncmp(entry + 1, p->host, len) == 0 && entry[1 + len] == ':' &&
           strtoul(entry + len + 2, NULL, 10) == p->port &&
           addr_list_equals(r->addrs, p->addrs);
}

static void
add_entry(struct transfer *x, const char *entry)
{
    x->resolve = curl_slist_append(x->resolve, entry);
    if (!x->resolve)
        alloc_failed();
}

/* Remember what the handle's cache has now. */
static void
note_addresses(struct resolved *r, const struct peer *p)
{
    buf_clear(&r->text);
    buf_addc(&r->text, '-');
    buf_addstr(&r->text, p->host);
    buf_printf(&r->text, ":%u", (unsigned)p->port);
    buf_addc(&r->text, '\0');
    free((void *)r->addrs.v);
    r->addrs = addr_list_copy(p->addrs);
}

/* Take what the handle's cache has out of it. */
static void
forget_addresses(struct transfer *x, struct resolved *r)
{
    if (r->text.len > 0)
        add_entry(x, r->text.data);
    buf_clear(&r->text);
}

/*
 * Tell libcurl a host's addresses.  A name that begins with "-" needs the only
 * other prefix allowed there, "+", which marks an entry that expires.
 */
static void
add_addresses(struct transfer *x, struct resolved *r, const struct peer *p)
{
    bool has_dash = p->host[0] == '-';
    struct buf entry = BUF_INIT;

    if (has_dash) {
        x->is_plain = false;
        EASY_SET(x->easy, CURLOPT_DNS_CACHE_TIMEOUT, -1L);
    }
    note_addresses(r, p);
    buf_reserve(&entry, r->text.len + p->addrs.n * ADDR_TEXT + 1);
    if (has_dash)
        buf_addc(&entry, '+');
    buf_add(&entry, r->text.data + 1, r->text.len - 2);
    buf_addc(&entry, ':');
    addr_list_write(&entry, p->addrs);
    buf_addc(&entry, '\0');
    add_entry(x, entry.data);
    buf_fini(&entry);
}

/*
 * Tell libcurl the addresses of the host and of its proxy.  They stay in the
 * handle's own cache until another job's replace them ("-host:port" removes an
 * entry).  Both are replaced together, since they may be the same entry.
 */
void
prepare_addresses(struct transfer *x)
{
    const struct job *j = x->job;
    const struct target *t = &j->target;
    struct peer host = {t->connect_host, t->connect_port, j->addrs};
    struct peer proxy = {t->proxy_host, t->proxy_port, j->proxy_addrs};
    /* libcurl needs no entry for a host that is an address. */
    bool has_host = j->addrs.n > 0 && !t->connect_is_numeric;
    bool has_proxy = j->proxy_addrs.n > 0;

    if ((!has_host || knows_addresses(&x->host, &host)) &&
        (!has_proxy || knows_addresses(&x->proxy_at, &proxy)))
        return;
    curl_slist_free_all(x->resolve);
    x->resolve = NULL;
    forget_addresses(x, &x->host);
    forget_addresses(x, &x->proxy_at);
    if (has_host)
        add_addresses(x, &x->host, &host);
    if (has_proxy)
        add_addresses(x, &x->proxy_at, &proxy);
    EASY_SET(x->easy, CURLOPT_RESOLVE, x->resolve);
}

static bool
needs_http1(const struct transfer *x)
{
    return x->job->wants_http1 ||
           (x->env->digest_is_broken && x->job->req.body_file &&
            x->job->target.is_tls);
}

/*
 * libcurl < 8.8: does a kept connection not do?  If a request with --digest got
 * no challenge on it, it would hold back the body of one without credentials,
 * too, and never send that.
 */
static bool
needs_fresh(const struct transfer *x)
{
    const struct job *j = x->job;

    return j->post_needs_fresh_conn || j->repeat_needs_fresh_conn ||
           (x->env->opts->auth == AUTH_DIGEST &&
            j->req.body_kind != BODY_NONE &&
            !setup_may_log_in(x->env->opts, j));
}

/*
 * Does a proxy get the request itself, although HTTP/2 without TLS is wanted?
 * libcurl speaks HTTP/1.1 to the proxy, and with prior knowledge uses no HTTP/1
 * connection twice, so such a request must ask for HTTP/1.1.
 */
static bool
is_http1_by_proxy(const struct transfer *x)
{
    enum opt_http http = x->env->opts->http;

    return (http == HTTP_2 || http == HTTP_2_PRIOR) &&
           target_asks_proxy(&x->job->target);
}

/* If unset, libcurl would read the environment. */
static const char no_proxy[] = "";

bool
prepare_is_kept_once_answered(const struct transfer *x)
{
    return x->job->multiplex && !x->job->target.is_tls;
}

/* How the request gets its connection, and whether it is kept afterwards. */
void
prepare_connection_use(struct transfer *x)
{
    const struct job *j = x->job;
    bool is_single = prepare_is_single_use(x), is_http1 = needs_http1(x);
    bool is_fresh = is_single || is_http1 || needs_fresh(x);
    const char *proxy = j->target.proxy ? j->target.proxy : no_proxy;

    EASY_SET(x->easy, CURLOPT_FRESH_CONNECT, is_fresh ? 1L : 0L);
    EASY_SET(x->easy, CURLOPT_FORBID_REUSE,
             is_single || !j->keep_conn || prepare_is_kept_once_answered(x)
                 ? 1L
                 : 0L);
    /* Wait for the first connection's streams instead of opening another
     * connection. */
    EASY_SET(x->easy, CURLOPT_PIPEWAIT, j->multiplex ? 1L : 0L);
    if (is_http1 || is_http1_by_proxy(x)) {
        x->is_plain = false;
        EASY_SET(x->easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    }
    /* Both are strings of the options, so comparing pointers is enough. */
    if (x->proxy != proxy)
        EASY_SET(x->easy, CURLOPT_PROXY, proxy);
    x->proxy = proxy;
}

static void
set_url_part(struct transfer *x, CURLUPart part, const char *text)
{
    if (curl_url_set(x->url, part, text, 0))
        alloc_failed();
}

/* The path and query of a plain URL. */
static void
set_path(struct transfer *x, const char *path)
{
    const char *query = strchr(path, '?');

    if (query)
        path = arena_strndup(job_hop_mem(x->job), path, (size_t)(query - path));
    set_url_part(x, CURLUPART_PATH, path);
    set_url_part(x, CURLUPART_QUERY, query ? query + 1 : NULL);
}

/* scheme://host:port and the path of a URL, without credentials. */
static const char *
absolute_target(const struct target *t, struct arena *mem)
{
    const char *host = t->url + strlen(t->scheme) + strlen("://");
    const char *at = memchr(host, '@', (size_t)(t->path - host));

    return arena_printf(mem, "%s://%s", t->scheme, at ? at + 1 : host);
}

/*
 * Set the request target where libcurl would change it: 7.88 drops an empty
 * query, 8.23 makes the letters of escapes upper case.
 */
static void
set_request_target(struct transfer *x)
{
    const struct target *t = &x->job->target;
    const char *text = NULL;

    if (!t->is_plain)
        text = target_asks_proxy(t) ? absolute_target(t, job_hop_mem(x->job))
                                    : t->path;
    if (text || x->has_target)
        EASY_SET(x->easy, CURLOPT_REQUEST_TARGET, text);
    x->has_target = text != NULL;
}

/*
 * Set the URL.  If only the path differs from the previous one and needs no
 * normalising, libcurl gets it in parts and need not parse it, which saves
 * 8,000 instructions.  CURLOPT_URL is set in any case, for requests that
 * libcurl sends again.
 */
void
prepare_url(struct transfer *x)
{
    const struct target *t = &x->job->target;
    size_t len = t->is_plain ? (size_t)(t->path - t->url) : 0;
    bool was_parsed = x->base.len > 0;

    if (len > 0 && len == x->base.len &&
        memcmp(x->base.data, t->url, len) == 0) {
        set_path(x, t->path);
    } else {
        if (len > 0)
            set_url_part(x, CURLUPART_URL, t->url);
        buf_clear(&x->base);
        buf_add(&x->base, t->url, len);
    }
    if (was_parsed != (len > 0))
        EASY_SET(x->easy, CURLOPT_CURLU, len > 0 ? x->url : NULL);
    EASY_SET(x->easy, CURLOPT_URL, t->url);
    set_request_target(x);
}

const char *
prepare_cookie_host(struct job *j, const struct curl_slist *headers)
{
    const char *value = setup_header(headers, "Host");
    size_t len = value ? strcspn(value, ": \t") : 0;
    char *host;

    if (len == 0 || *value == '[' ||
        header_find(j->req.headers, "Host", strlen("Host")))
        return NULL;
    host = arena_strndup(job_hop_mem(j), value, len);
    for (size_t i = 0; i < len; i++)
        host[i] = ascii_lower(host[i]);
    return host;
}

/* The origin and path that cookies are for. */
static struct cookie_place
cookie_place(const struct transfer *x)
{
    const struct target *t = &x->job->target;
    struct cookie_place place = {
        .host = t->host,
        .host_len = strlen(t->host),
        .is_numeric = t->is_numeric,
        .path = t->path,
        .is_secure = t->is_tls,
    };
    struct addr addr;

    if (x->cookie_host) {
        place.host = x->cookie_host;
        place.host_len = strlen(place.host);
        place.is_numeric = addr_parse(place.host, place.host_len, &addr) == 0;
    }
    /* Browsers and libcurl treat these hosts as secure, too. */
    if (strcmp(t->host, "localhost") == 0 ||
        strcmp(t->host, "127.0.0.1") == 0 || strcmp(t->host, "::1") == 0)
        place.is_secure = true;
    return place;
}

void
prepare_cookies(struct transfer *x)
{
    struct buf line = BUF_INIT;
    struct cookie_place to;

    if (!x->env->cookies)
        return;
    to = cookie_place(x);
    cookies_line(x->env->cookies, &to, !setup_withholds(x->env->opts, x->job),
                 &line);
    if (line.len > 0)
        buf_addc(&line, '\0');
    EASY_SET(x->easy, CURLOPT_COOKIE, line.data);
    buf_fini(&line);
}

void
prepare_set_cookie(const struct transfer *x, const char *value, size_t len)
{
    struct cookie_place from = cookie_place(x);

    cookies_set(x->env->cookies, &from, value, len);
}
