#include "engine/xfer.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include <linux/sockios.h>

#include "base/addr.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/map.h"
#include "cli/opts.h"
#include "engine/body.h"
#include "engine/errors.h"
#include "engine/guard.h"
#include "engine/retryafter.h"
#include "engine/setup.h"
#include "engine/tlsinfo.h"
#include "engine/unpack.h"
#include "job.h"
#include "step.h"

/* All of a response's head, interim responses included.  libcurl itself
 * stops at 100 KB for one line. */
#define HEAD_MAX_BYTES (512 * 1024)

/* And all its lines: libcurl keeps each of them, in a hundred bytes or more
 * however short it is. */
#define HEAD_MAX_LINES 5000

/*
 * A body that unpacks to more than this, and to so many times what came, was
 * made to do harm.  gzip can't do that, but brotli and zstd can.
 */
#define UNPACKED_FREE_BYTES (INT64_C(64) * 1024 * 1024)
#define UNPACKED_MAX_RATIO  2000

/* How late libcurl may be with a time-out: so much, at so many looks.  Who was
 * stopped for an hour finds all overdue, but not for long. */
#define OVERDUE_US    (5 * US_PER_S)
#define OVERDUE_LOOKS 3

#define SET(x, option, value)                                                  \
    do {                                                                       \
        if (curl_easy_setopt((x)->easy, option, value) == CURLE_OUT_OF_MEMORY) \
            alloc_failed();                                                    \
    } while (0)

/* Is it a header line's text, say "HTTP/1.1 301 Moved"?  Its status, or 0. */
static int
status_line_code(const char *line, size_t len)
{
    const char *space;

    if (len < 12 || memcmp(line, "HTTP/", 5) != 0)
        return 0;
    space = memchr(line, ' ', len);
    if (!space || line + len - space < 4)
        return 0;
    return (space[1] - '0') * 100 + (space[2] - '0') * 10 + (space[3] - '0');
}

/* Does its connection take this one request and no other? */
static bool
is_single_use(const struct xfer *x)
{
    return x->env->opts->force_close ||
           (x->env->h2c_is_broken && !x->job->target.is_tls);
}

static void
forget_body(struct xfer *x)
{
    unpack_free(x->unpack);
    x->unpack = NULL;
    x->has_body = x->is_paused = false;
    x->body_bytes = 0;
    x->again_bytes = 0;
}

/* A response begins, perhaps after others (100, 401 in a digest dance). */
static void
on_status(struct xfer *x, int status)
{
    struct job *j = x->job;

    buf_clear(&j->res.headers);
    buf_clear(&j->res.body);
    body_drop(j);
    forget_body(x);
    j->res.size_body = 0;
    x->status = status;
    x->is_redirect = step_is_redirect(status) &&
                     j->res.num_redirects < x->env->opts->max_redirects;
    /* Where the hop to come is most likely to need this connection. */
    if (x->is_redirect && !j->keep_conn && !is_single_use(x))
        SET(x, CURLOPT_FORBID_REUSE, 0L);
}

/* libcurl sends a body with HEAD only as a custom POST, and would then wait
 * for the response's, which never comes (RFC 9110, 9.3.2). */
static bool
is_head_with_body(const struct xfer *x)
{
    return x->status >= 200 && x->job->req.body_kind != BODY_NONE &&
           strcmp(x->job->req.method, "HEAD") == 0;
}

static size_t
on_header(char *line, size_t size, size_t n, void *arg)
{
    struct xfer *x = arg;
    size_t len = size * n;
    int status;

    if (!x->first_byte_us)
        x->first_byte_us = clock_now_us();
    x->env->on_activity(x->env->ctx, x);
    x->head_bytes += len;
    if (x->head_bytes > HEAD_MAX_BYTES || ++x->head_lines > HEAD_MAX_LINES) {
        x->stop = STOP_HEADERS;
        return 0;
    }
    status = status_line_code(line, len);
    if (status)
        on_status(x, status);
    else if (x->env->opts->include_headers && len > 2)
        buf_add(&x->job->res.headers, line, len);
    if (len <= 2 && is_head_with_body(x)) {
        x->stop = STOP_ENOUGH;
        return 0;
    }
    return len;
}

static int64_t
info_number(CURL *easy, CURLINFO info)
{
    curl_off_t n = 0;

    curl_easy_getinfo(easy, info, &n);
    return n;
}

/* Bytes of the body as it is meant; false: the transfer is to end. */
static bool
take_body(struct xfer *x, const char *data, size_t len)
{
    /* The body of a redirect that is followed is nobody's business. */
    switch (body_add(x->env->bodies, x->job, data, len, !x->is_redirect)) {
    case BODY_MORE:
        return true;
    case BODY_ENOUGH:
        x->stop = STOP_ENOUGH;
        break;
    case BODY_TOO_LARGE:
    case BODY_UNWRITTEN:
        x->stop = STOP_BODY;
        break;
    }
    return false;
}

/* All Content-Encoding fields as one; NULL: there is none. */
static const char *
content_codings(const struct xfer *x)
{
    const char *all = NULL;
    struct curl_header *h;

    for (size_t i = 0; curl_easy_header(x->easy, "content-encoding", i,
                                        CURLH_HEADER, -1, &h) == CURLHE_OK;
         i++)
        all =
            all ? arena_printf(&x->job->mem, "%s,%s", all, h->value) : h->value;
    return all;
}

/* The first bytes of a body: is it to be unpacked? */
static void
begin_body(struct xfer *x)
{
    const char *codings = NULL;

    x->has_body = true;
    if (x->env->opts->decompress && !x->is_redirect)
        codings = content_codings(x);
    if (codings && unpack_new(codings, &x->unpack))
        x->stop = STOP_CODING;
}

static bool
is_bomb(const struct xfer *x)
{
    int64_t unpacked = x->job->res.size_body;

    return unpacked > UNPACKED_FREE_BYTES &&
           unpacked / UNPACKED_MAX_RATIO > x->body_bytes;
}

/*
 * Unpack data as far as this turn allows, and *len is what was left of it.
 * false: the transfer is to end.
 */
static bool
unpack_body(struct xfer *x, const char *data, size_t *len)
{
    char out[16 * 1024];
    int n;

    while (*x->env->turn_bytes > 0) {
        size_t before = *len;

        n = unpack_read(x->unpack, &data, len, out, sizeof(out));
        x->body_bytes += (int64_t)(before - *len);
        if (n < 0)
            x->stop = STOP_CODING;
        if (n <= 0)
            return n == 0;
        *x->env->turn_bytes -= n;
        if (!take_body(x, out, (size_t)n))
            return false;
        if (is_bomb(x)) {
            x->stop = STOP_BOMB;
            return false;
        }
    }
    x->is_paused = true;
    return true;
}

static size_t
on_body(char *data, size_t size, size_t n, void *arg)
{
    struct xfer *x = arg;
    size_t len = size * n, left, again;

    x->env->on_activity(x->env->ctx, x);
    if (!x->has_body)
        begin_body(x);
    if (!x->unpack) {
        x->body_bytes += (int64_t)len;
        return x->stop == STOP_NONE && take_body(x, data, len)
                   ? len
                   : CURL_WRITEFUNC_ERROR;
    }
    /* After a pause libcurl gives all of it once more. */
    again = len < x->again_bytes ? len : x->again_bytes;
    left = len - again;
    if (!unpack_body(x, data + again, &left))
        return CURL_WRITEFUNC_ERROR;
    x->again_bytes -= again;
    if (!x->is_paused)
        return len;
    x->again_bytes += len - left;
    x->env->on_paused(x->env->ctx, x);
    return CURL_WRITEFUNC_PAUSE;
}

/*
 * Did the server say that it has not looked at the request?  (RFC 9113, 8.7)
 * libcurl does not tell, but does not repeat one for anything else while the
 * connection that it was sent on stands: when that is closed, nobody knows.
 */
static bool
was_refused(const struct xfer *x)
{
    return x->job->multiplex && x->errbuf[0] == '\0' &&
           x->env->stands(x->env->socket_ctx, x->local_port);
}

/*
 * The connection stands, new or reused, and the request is about to leave.
 * libcurl comes here again when it sends a request a second time because a
 * reused connection was closed under it; what is not idempotent must not go
 * out twice (RFC 9110, 9.2.2).
 */
static int
on_ready(void *arg, char *ip, char *local_ip, int port, int local_port)
{
    struct xfer *x = arg;
    bool again = x->ready_us != 0;

    (void)ip, (void)local_ip, (void)port;
    if (again && x->first_byte_us == 0 &&
        !step_is_idempotent(x->job->req.method) && !was_refused(x)) {
        x->stop = STOP_RESENT;
        return CURL_PREREQFUNC_ABORT;
    }
    x->local_port = local_port;
    /* Where libcurl repeats a GET it would try one pooled connection after
     * the other: a fresh one is the last.  A digest's second step is no
     * repetition and may stay where it is, and a stream that was refused, as
     * more came than the server allows, has its turn on that connection; but
     * not for ever: five that go away under it are the end. */
    if (x->env->opts->auth != AUTH_DIGEST && (!x->job->multiplex || again))
        SET(x, CURLOPT_FRESH_CONNECT, 1L);
    x->ready_us = clock_now_us();
    x->first_byte_us = 0;
    if (x->env->opts->tls_info)
        x->job->res.tls = tlsinfo_read(x->easy, &x->job->target, &x->job->mem);
    x->env->on_activity(x->env->ctx, x);
    x->env->on_ready(x->env->ctx, x);
    return CURL_PREREQFUNC_OK;
}

/* Bytes that the kernel holds of what was sent: all that are not acknowledged
 * (SIOCOUTQ), or those that never left (SIOCOUTQNSD). */
static int
kernel_holds(const struct xfer *x, unsigned long request)
{
    int n = 0;

    return x->fd >= 0 && ioctl(x->fd, request, &n) == 0 && n > 0 ? n : 0;
}

bool
xfer_is_uploading(struct xfer *x)
{
    int before = x->unacked;

    if (x->upload_left > 0)
        return true;
    if (before == 0)
        return false;
    x->unacked = kernel_holds(x, SIOCOUTQ);
    return x->unacked < before || kernel_holds(x, SIOCOUTQNSD) > 0;
}

/* Upload progress, only where a read time-out must not count it. */
static int
on_progress(void *arg, curl_off_t dl_total, curl_off_t dl_now,
            curl_off_t ul_total, curl_off_t ul_now)
{
    struct xfer *x = arg;
    int64_t left = (int64_t)x->job->req.body_len - ul_now;

    (void)dl_total, (void)dl_now, (void)ul_total;
    if (left != x->upload_left) {
        x->upload_left = left;
        x->unacked = kernel_holds(x, SIOCOUTQ);
        x->env->on_activity(x->env->ctx, x);
    }
    return 0;
}

/*
 * An address is about to be connected to.  The last fence: whatever way it
 * came here, one that is refused gets no packet.
 */
static curl_socket_t
on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct xfer *x = arg;
    const struct opts *opts = x->env->opts;
    const struct target *t = &x->job->target;
    struct addr addr;
    curl_socket_t fd;

    if (guard_is_on(opts) && !t->proxy &&
        addr_from_sockaddr(&to->addr, &addr) == 0 &&
        guard_check_addr(opts, t, &addr, &x->refused))
        return CURL_SOCKET_BAD;
    fd = x->env->opensocket(&x->dial, purpose, to);
    if (fd == CURL_SOCKET_BAD)
        x->socket_errno = errno;
    return fd;
}

/* The settings that outlive a request, on a blank handle. */
static void
setup_handle(struct xfer *x)
{
    const struct xfer_env *env = x->env;

    setup_run(x->easy, env->opts);
    SET(x, CURLOPT_CONNECT_TO, env->connect_to);
    SET(x, CURLOPT_PRIVATE, x);
    SET(x, CURLOPT_SHARE, env->cookies ? env->cookies : x->dns);
    if (env->cookies)
        SET(x, CURLOPT_COOKIEFILE, "");
    SET(x, CURLOPT_ERRORBUFFER, x->errbuf);
    SET(x, CURLOPT_HEADERFUNCTION, on_header);
    SET(x, CURLOPT_HEADERDATA, x);
    SET(x, CURLOPT_WRITEFUNCTION, on_body);
    SET(x, CURLOPT_WRITEDATA, x);
    SET(x, CURLOPT_PREREQFUNCTION, on_ready);
    SET(x, CURLOPT_PREREQDATA, x);
    SET(x, CURLOPT_XFERINFOFUNCTION, on_progress);
    SET(x, CURLOPT_XFERINFODATA, x);
    SET(x, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    SET(x, CURLOPT_OPENSOCKETDATA, x);
    SET(x, CURLOPT_CLOSESOCKETFUNCTION, env->closesocket);
    SET(x, CURLOPT_CLOSESOCKETDATA, env->socket_ctx);
    x->is_plain = true;
    x->proxy = NULL;
    buf_clear(&x->base); /* CURLOPT_CURLU is unset */
}

struct xfer *
xfer_new(const struct xfer_env *env)
{
    struct xfer *x = xcalloc(1, sizeof(*x));

    x->env = env;
    x->dial.owner = env->socket_ctx;
    x->easy = curl_easy_init();
    if (!env->cookies)
        x->dns = curl_share_init();
    x->url = curl_url();
    if (!x->easy || !x->url || (!x->dns && !env->cookies))
        alloc_failed();
    if (x->dns)
        curl_share_setopt(x->dns, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
    setup_handle(x);
    return x;
}

void
xfer_free(struct xfer *x)
{
    if (!x)
        return;
    curl_easy_cleanup(x->easy);
    curl_url_cleanup(x->url);
    buf_fini(&x->base);
    if (x->dns)
        curl_share_cleanup(x->dns);
    curl_slist_free_all(x->headers);
    curl_slist_free_all(x->resolve);
    free(x->resolved);
    free(x);
}

static long
whole_ms(int64_t us)
{
    int64_t ms = (us + US_PER_MS - 1) / US_PER_MS;
    return ms < 1 ? 1 : ms > INT32_MAX ? INT32_MAX : (long)ms;
}

/*
 * Time-outs as what is left of them: the look-up's wait counts against both,
 * and what this hop has had since; earlier hops of the attempt against the
 * whole.
 */
static void
setup_timeouts(struct xfer *x, int64_t now_us)
{
    const struct job *j = x->job;
    int64_t used = now_us - x->start_us + (j->dns_us > 0 ? j->dns_us : 0);
    int64_t total = j->first.timeout_us;
    int64_t connect = j->first.connect_timeout_us;

    x->nlooks_overdue = 0;
    SET(x, CURLOPT_TIMEOUT_MS,
        total ? whole_ms(total - j->attempt_us - used) : 0L);
    /* 0 would be libcurl's default of 300 s. */
    SET(x, CURLOPT_CONNECTTIMEOUT_MS,
        connect ? whole_ms(connect - used) : (long)INT32_MAX);
}

/* Is "-host:port:addresses" the job's? */
static bool
is_resolved_as(const char *entry, const struct job *j)
{
    const char *host = j->target.connect_host;
    size_t len = strlen(host);
    char *end;

    return strncmp(entry + 1, host, len) == 0 && entry[1 + len] == ':' &&
           strtoul(entry + len + 2, &end, 10) == j->target.connect_port &&
           strcmp(end + 1, j->addrs) == 0;
}

/*
 * Tell libcurl the addresses.  They stay in the handle's own cache, until
 * another host's take their place ("-host:port" takes an entry out).  A name
 * that begins with "-" itself needs the only other sign that may come first,
 * "+", which stands for an entry that does not stay.
 */
static void
setup_addresses(struct xfer *x)
{
    const struct job *j = x->job;
    bool has_dash = j->target.connect_host[0] == '-';
    char *entry;
    size_t size;

    if (!j->addrs ||
        (x->resolved && !has_dash && is_resolved_as(x->resolved, j)))
        return;
    if (has_dash) {
        x->is_plain = false;
        SET(x, CURLOPT_DNS_CACHE_TIMEOUT, -1L);
    }
    size =
        strlen(j->target.connect_host) + strlen(j->addrs) + sizeof("-:65535:");
    entry = xmalloc(size);
    snprintf(entry, size, "-%s:%u:%s", j->target.connect_host,
             (unsigned)j->target.connect_port, j->addrs);
    curl_slist_free_all(x->resolve);
    x->resolve = NULL;
    if (x->resolved) {
        *strchr(strchr(x->resolved, ':') + 1, ':') = '\0';
        x->resolve = curl_slist_append(NULL, x->resolved);
        free(x->resolved);
    }
    entry[0] = '+';
    x->resolve = curl_slist_append(x->resolve, entry + !has_dash);
    entry[0] = '-';
    if (!x->resolve)
        alloc_failed();
    x->resolved = entry;
    SET(x, CURLOPT_RESOLVE, x->resolve);
}

/* Unset, libcurl would look for one in the environment. */
static const char no_proxy[] = "";

/* How this request gets its connection, and what becomes of it. */
static void
setup_connection_use(struct xfer *x)
{
    const struct job *j = x->job;
    bool is_single = is_single_use(x);
    bool may_repeat = step_is_idempotent(j->req.method);
    const char *proxy = j->target.proxy ? j->target.proxy : no_proxy;

    /* A POST on a connection that the server is just closing fails, and may
     * not be repeated: it gets a new one.  HTTP/2 says what it refused. */
    SET(x, CURLOPT_FRESH_CONNECT,
        is_single || (!may_repeat && !j->multiplex) ? 1L : 0L);
    SET(x, CURLOPT_FORBID_REUSE, is_single || !j->keep_conn ? 1L : 0L);
    /* Wait for the first connection's streams rather than open another. */
    SET(x, CURLOPT_PIPEWAIT, j->multiplex ? 1L : 0L);
    /* One of the options' strings: the same is the same. */
    if (x->proxy != proxy)
        SET(x, CURLOPT_PROXY, proxy);
    x->proxy = proxy;
}

static void
set_url_part(struct xfer *x, CURLUPart part, const char *text)
{
    if (curl_url_set(x->url, part, text, 0))
        alloc_failed();
}

/* The path and query of a plain URL. */
static void
set_path(struct xfer *x, const char *path)
{
    const char *query = strchr(path, '?');

    if (query)
        path = arena_strndup(&x->job->mem, path, (size_t)(query - path));
    set_url_part(x, CURLUPART_PATH, path);
    set_url_part(x, CURLUPART_QUERY, query ? query + 1 : NULL);
}

/*
 * Tell libcurl the URL.  Where nothing but its path differs from the one
 * before, and there is nothing to normalise in it, libcurl gets it in parts
 * and need not parse it: 8,000 instructions less.  CURLOPT_URL is set all the
 * same, for what libcurl sends again.
 */
static void
setup_url(struct xfer *x)
{
    const struct target *t = &x->job->target;
    size_t len = t->path ? (size_t)(t->path - t->url) : 0;
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
        SET(x, CURLOPT_CURLU, len > 0 ? x->url : NULL);
    SET(x, CURLOPT_URL, t->url);
}

void
xfer_start(struct xfer *x, struct job *j, int64_t now_us)
{
    assert(!x->job);
    x->job = j;
    x->stop = STOP_NONE;
    x->start_us = now_us;
    if (x->env->counts_hosts)
        x->dial.host = map_stable_hash(j->target.key, strlen(j->target.key));
    x->tcp_us = x->ready_us = x->first_byte_us = 0;
    x->upload_left = 0;
    x->unacked = 0;
    x->fd = -1;
    x->head_bytes = x->head_lines = 0;
    forget_body(x);
    x->is_redirect = x->is_alone = false;
    x->status = 0;
    x->refused.code = NULL;
    x->socket_errno = 0;
    x->errbuf[0] = '\0';
    result_reset_hop(&j->res);
    step_begin(j);
    j->res.url_effective = j->target.url;
    j->res.method = j->req.method;
    if (j->res.started_wall_us < 0)
        j->res.started_wall_us = clock_wall_us();

    if (!x->is_plain) {
        /* Else 7.88 loses the list of files as it resets. */
        SET(x, CURLOPT_COOKIEFILE, NULL);
        curl_easy_reset(x->easy);
        setup_handle(x);
    }
    x->is_plain = setup_is_plain(j);
    x->headers = setup_request(x->easy, j, x->env->headers);
    setup_url(x);
    setup_timeouts(x, now_us);
    setup_addresses(x);
    setup_connection_use(x);
    if (j->req.body_len && x->env->opts->read_timeout_us) {
        x->upload_left = (int64_t)j->req.body_len;
        SET(x, CURLOPT_NOPROGRESS, 0L);
    }
}

/* Was a stream moved from one connection to the next, each of which went away
 * before it was answered, until libcurl gave it up (after five)? */
static bool
was_moved_about(const struct xfer *x, CURLcode code)
{
    return code == CURLE_SEND_ERROR && x->job->multiplex && !x->is_alone &&
           x->first_byte_us == 0 && step_is_idempotent(x->job->req.method) &&
           strstr(x->errbuf, "Connection died");
}

bool
xfer_deserves_more(const struct xfer *x, CURLcode code)
{
    if (x->stop != STOP_NONE)
        return false;
    return (code == CURLE_COULDNT_CONNECT && x->dial.gave_way) ||
           was_moved_about(x, code);
}

void
xfer_start_again(struct xfer *x, int64_t now_us)
{
    sockets_forget(&x->dial);
    x->socket_errno = 0;
    x->errbuf[0] = '\0';
    x->is_plain = false;
    x->is_alone = true;
    x->tcp_us = x->ready_us = 0;
    SET(x, CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS, (long)INT32_MAX);
    SET(x, CURLOPT_FRESH_CONNECT, 1L);
    setup_timeouts(x, now_us);
}

CURLcode
xfer_resume(struct xfer *x)
{
    CURLcode code;

    x->is_paused = false;
    code = curl_easy_pause(x->easy, CURLPAUSE_CONT);
    /* What on_body() says of its own accord libcurl passes on. */
    return x->stop != STOP_NONE && code == CURLE_OK ? CURLE_WRITE_ERROR : code;
}

void
xfer_nudge(struct xfer *x)
{
    const struct job *j = x->job;
    bool has_others = j->addrs ? strchr(j->addrs, ',') != NULL
                               : !j->target.connect_is_numeric;

    if (x->ready_us || !has_others)
        return;
    /* There is nothing to pause yet; going on means a look at once. */
    curl_easy_pause(x->easy, CURLPAUSE_RECV);
    curl_easy_pause(x->easy, CURLPAUSE_CONT);
}

/* Did TCP connect?  7.88 knows its peer from then on, 8.14 only when TLS is
 * done, too. */
static bool
has_tcp(const struct xfer *x)
{
    return x->tcp_us || x->job->res.remote_ip[0];
}

/* When libcurl is to end it at the latest; 0: that was not asked for. */
static int64_t
deadline_us(const struct xfer *x)
{
    const struct job *j = x->job;
    int64_t before_us = j->dns_us > 0 ? j->dns_us : 0;

    if (j->first.timeout_us)
        return x->start_us + j->first.timeout_us - j->attempt_us - before_us;
    if (j->first.connect_timeout_us && !x->ready_us)
        return x->start_us + j->first.connect_timeout_us - before_us;
    return 0;
}

bool
xfer_is_overdue(struct xfer *x, int64_t now_us)
{
    int64_t deadline = deadline_us(x);

    if (!deadline || now_us - deadline < OVERDUE_US)
        x->nlooks_overdue = 0;
    else
        x->nlooks_overdue++;
    return x->nlooks_overdue >= OVERDUE_LOOKS;
}

/*
 * Where the hop's time went.  The borders are our own clock's, so that the
 * parts add up to the whole; within the connect phase libcurl's are used,
 * where it has any.
 */
static void
fill_timing(struct xfer *x, int64_t now_us)
{
    struct job *j = x->job;
    struct result *r = &j->res;
    struct timing *t = &r->timing;
    int64_t connected = info_number(x->easy, CURLINFO_CONNECT_TIME_T);
    int64_t until_ready = (x->ready_us ? x->ready_us : now_us) - x->start_us;

    *t = (struct timing){j->dns_us, -1, -1, -1, -1, -1};
    r->has_timing = true;
    if (connected == 0 && x->tcp_us)
        connected = x->tcp_us - x->start_us;
    if (r->reused == 1) {
        until_ready = 0;
    } else if (j->target.is_tls && has_tcp(x)) {
        t->connect = connected < until_ready ? connected : until_ready;
        t->tls = until_ready - t->connect;
    } else {
        t->connect = until_ready;
    }
    if (!x->ready_us)
        return;
    t->send = x->ready_us - x->start_us - until_ready;
    t->wait = (x->first_byte_us ? x->first_byte_us : now_us) - x->ready_us;
    if (x->first_byte_us)
        t->receive = now_us - x->first_byte_us;
}

static const char *
http_version_name(long version)
{
    switch (version) {
    case CURL_HTTP_VERSION_1_0:
        return "1.0";
    case CURL_HTTP_VERSION_1_1:
        return "1.1";
    case CURL_HTTP_VERSION_2_0:
        return "2";
    case CURL_HTTP_VERSION_3:
        return "3";
    default:
        return NULL;
    }
}

/* Who answered, and over what. */
static void
fill_peer(struct xfer *x)
{
    struct result *r = &x->job->res;
    const char *ip = NULL;
    long port = 0, nconnects = 0;

    curl_easy_getinfo(x->easy, CURLINFO_PRIMARY_IP, &ip);
    curl_easy_getinfo(x->easy, CURLINFO_PRIMARY_PORT, &port);
    curl_easy_getinfo(x->easy, CURLINFO_NUM_CONNECTS, &nconnects);
    /* A Unix socket has neither, and libcurl gives its path. */
    if (ip && *ip && strlen(ip) < sizeof(r->remote_ip) &&
        !x->env->opts->unix_socket) {
        memcpy(r->remote_ip, ip, strlen(ip) + 1);
        r->remote_port = (int)port;
    }
    if (x->ready_us)
        r->reused = nconnects == 0;
}

/* The last response's header, NULL where it has none; libcurl's. */
static const char *
response_header(const struct xfer *x, const char *name)
{
    struct curl_header *h;

    return curl_easy_header(x->easy, name, 0, CURLH_HEADER, -1, &h) == CURLHE_OK
               ? h->value
               : NULL;
}

/* The body's bytes on the wire.  Where we end a transfer libcurl has not
 * counted the last piece. */
static int64_t
bytes_received(const struct xfer *x)
{
    int64_t counted = info_number(x->easy, CURLINFO_SIZE_DOWNLOAD_T);

    return counted > x->body_bytes ? counted : x->body_bytes;
}

/* What the response's head says. */
static void
fill_response(struct xfer *x)
{
    struct job *j = x->job;
    struct result *r = &j->res;
    const char *type = NULL, *location, *retry_after;
    long status = 0, version = 0;
    curl_off_t length = -1;

    curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &status);
    r->status = (int)status;
    if (!status)
        return;
    curl_easy_getinfo(x->easy, CURLINFO_HTTP_VERSION, &version);
    r->http_version = http_version_name(version);
    curl_easy_getinfo(x->easy, CURLINFO_CONTENT_TYPE, &type);
    if (type)
        r->content_type = arena_strdup(&j->mem, type);
    curl_easy_getinfo(x->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    r->content_length = length;
    r->size_download = bytes_received(x);
    if (r->status == 200)
        return;
    retry_after = response_header(x, "retry-after");
    if (retry_after)
        r->retry_after_us = retryafter_us(retry_after, clock_wall_us());
    location =
        step_is_redirect(r->status) ? response_header(x, "location") : NULL;
    if (location)
        r->location = arena_strdup(&j->mem, location);
}

/* Is the answer to CONNECT still to come? */
static bool
is_tunnelling(const struct xfer *x)
{
    const struct target *t = &x->job->target;
    long status = 0;

    if (!t->proxy || t->proxy_is_socks || !t->is_tls)
        return false;
    curl_easy_getinfo(x->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    return status == 0;
}

static enum phase
phase_reached(const struct xfer *x, CURLcode code)
{
    if (code == CURLE_COULDNT_RESOLVE_HOST ||
        code == CURLE_COULDNT_RESOLVE_PROXY)
        return PHASE_DNS;
    if (x->first_byte_us)
        return PHASE_RECEIVE;
    if (x->ready_us && info_number(x->easy, CURLINFO_SIZE_UPLOAD_T) <
                           (int64_t)x->job->req.body_len)
        return PHASE_SEND;
    if (x->ready_us)
        return PHASE_WAIT;
    if (x->job->target.is_tls && has_tcp(x) && !is_tunnelling(x))
        return PHASE_TLS;
    return PHASE_CONNECT;
}

/* libcurl gave up. */
static void
fill_failure(struct xfer *x, CURLcode code, int64_t now_us)
{
    struct failure f = {
        .curl_code = (int)code,
        .phase = phase_reached(x, code),
        .after_us = now_us - x->start_us,
        .before_us = x->job->attempt_us,
        .connect_timeout_us = x->job->first.connect_timeout_us,
        .timeout_us = x->job->first.timeout_us,
        .message = x->errbuf,
        .is_tls = x->job->target.is_tls,
        .is_proxied = x->job->target.proxy != NULL,
    };
    long os_errno = 0;

    if (code == CURLE_COULDNT_CONNECT && x->refused.code) {
        result_fail(&x->job->res, ERR_BLOCKED, x->refused.code, PHASE_CONNECT,
                    false, "%s", x->refused.message);
        return;
    }
    if (x->job->dns_us > 0)
        f.after_us += x->job->dns_us;
    curl_easy_getinfo(x->easy, CURLINFO_OS_ERRNO, &os_errno);
    f.os_errno = (int)os_errno;
    /* libcurl does not know why it got no socket. */
    if (code == CURLE_COULDNT_CONNECT && x->socket_errno && !os_errno) {
        f.os_errno = x->socket_errno;
        snprintf(x->errbuf, sizeof(x->errbuf), "Cannot open a socket: %s",
                 strerror(x->socket_errno));
    }
    curl_easy_getinfo(x->easy, CURLINFO_SSL_VERIFYRESULT, &f.verify_result);
    if (f.is_proxied && f.verify_result == 0)
        curl_easy_getinfo(x->easy, CURLINFO_PROXY_SSL_VERIFYRESULT,
                          &f.verify_result);
    curl_easy_getinfo(x->easy, CURLINFO_HTTP_CONNECTCODE, &f.proxy_status);
    curl_easy_getinfo(x->easy, CURLINFO_PROXY_ERROR, &f.proxy_error);
    errors_set(&x->job->res, &f);
}

/* We ended it ourselves. */
static void
fill_stop(struct xfer *x, CURLcode code)
{
    struct result *r = &x->job->res;
    enum phase phase = phase_reached(x, code);

    switch (x->stop) {
    case STOP_NONE:
    case STOP_ENOUGH:
    case STOP_ABORTED: /* the engine says why */
        return;
    case STOP_BODY:
        buf_fini(&r->body); /* nobody gets the half of it */
        break;
    case STOP_HEADERS:
        result_fail(r, ERR_PROTOCOL, "header_too_large", phase, false,
                    "response headers are more than %d bytes or %d lines",
                    HEAD_MAX_BYTES, HEAD_MAX_LINES);
        break;
    case STOP_CODING:
        result_fail(r, ERR_PROTOCOL, "decode", phase, false,
                    "body is not encoded as its Content-Encoding says");
        code = CURLE_BAD_CONTENT_ENCODING;
        break;
    case STOP_BOMB:
        result_fail(r, ERR_TOO_LARGE, "bomb", phase, false,
                    "body unpacks to over %d times what was received",
                    UNPACKED_MAX_RATIO);
        buf_fini(&r->body);
        break;
    case STOP_RESENT:
        result_fail(r, ERR_PROTOCOL, "empty_reply", PHASE_WAIT, true,
                    "connection was closed before the response, and a %.40s "
                    "is not sent twice",
                    r->method);
        break;
    case STOP_READ_TIMEOUT:
        result_fail(r, ERR_TIMEOUT, "read", phase, true,
                    "read timeout: nothing came for %.3f s",
                    (double)x->env->opts->read_timeout_us / 1e6);
        break;
    }
    r->error.curl_code = (int)code;
}

struct job *
xfer_finish(struct xfer *x, CURLcode code, int64_t now_us)
{
    struct job *j = x->job;

    sockets_forget(&x->dial);
    fill_peer(x);
    fill_response(x);
    fill_timing(x, now_us);
    if (x->stop != STOP_NONE)
        fill_stop(x, code);
    else if (code != CURLE_OK)
        fill_failure(x, code, now_us);
    else if (x->unpack && !unpack_is_complete(x->unpack))
        result_fail(&j->res, ERR_PROTOCOL, "truncated", PHASE_RECEIVE, true,
                    "encoded body ends before its end");
    j->attempt_us += now_us - x->start_us + (j->dns_us > 0 ? j->dns_us : 0);
    if (j->res.error.class == ERR_NONE && x->is_redirect)
        buf_clear(&j->res.body);
    if (code != CURLE_OK)
        x->stop = STOP_ABORTED;
    forget_body(x);
    curl_slist_free_all(x->headers);
    x->headers = NULL;
    x->job = NULL;
    return j;
}

bool
xfer_is_reusable(const struct xfer *x)
{
    /* A failed handle keeps the socket's errno and half-done dances. */
    return x->stop == STOP_NONE;
}
