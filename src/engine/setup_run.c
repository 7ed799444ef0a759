#include "engine/setup_run.h"

#include <string.h>

#include <curl/curl.h>

#include "base/buf.h"
#include "engine/cookies.h"
#include "engine/easy.h"
#include "engine/libcurl.h"
#include "job/options.h"

/* Size of libcurl's receive buffer.  With 16 KiB, the default, a large body
 * needs twice the CPU; for small bodies the unused pages cost nothing.  libcurl
 * 7.88 takes HTTP/2 heads of up to 128 KiB, and mixes up the parts of one that
 * does not fit into the buffer. */
#define BUFFER_BYTES 131072L

static void
setup_protocol(CURL *easy, const struct opts *opts)
{
    static const long versions[] = {
        [HTTP_DEFAULT] = CURL_HTTP_VERSION_2TLS,
        [HTTP_1_0] = CURL_HTTP_VERSION_1_0,
        [HTTP_1_1] = CURL_HTTP_VERSION_1_1,
        [HTTP_2] = CURL_HTTP_VERSION_2_0,
        [HTTP_2_PRIOR] = CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE,
        [HTTP_3] = CURL_HTTP_VERSION_3,
    };
    long version = versions[opts->http];

    if (libcurl_breaks_upgrade(opts))
        version = CURL_HTTP_VERSION_2TLS;
    EASY_SET(easy, CURLOPT_HTTP_VERSION, version);
    EASY_SET(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    EASY_SET(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    EASY_SET(easy, CURLOPT_FOLLOWLOCATION, 0L); /* next.c does */
    EASY_SET(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    EASY_SET(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

/*
 * For connections that are never idle because HTTP/2 streams share them;
 * sockets.c closes the others in time. 7.88 rounds a connection's age down, so
 * use one second less; 0 would mean no limit.
 */
static long
lifetime_s(int64_t us)
{
    int64_t s = us / US_PER_S - 1;

    return s < 1 ? 1 : (long)s;
}

static void
setup_connection(CURL *easy, const struct opts *opts)
{
    EASY_SET(easy, CURLOPT_NOSIGNAL, 1L);
    EASY_SET(easy, CURLOPT_BUFFERSIZE, BUFFER_BYTES);
    /* Otherwise a name that libcurl resolves itself (a proxy's) and that does
     * not answer blocks the loop when its transfer ends. */
    EASY_SET(easy, CURLOPT_QUICK_EXIT, 1L);
    EASY_SET(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    /* route.c chooses the proxy.  If unset, libcurl would read the environment
     * again. */
    EASY_SET(easy, CURLOPT_NOPROXY, "");
    EASY_SET(easy, CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS,
             easy_ms(opts->happy_eyeballs_us));
    /* With -4 or -6 libcurl would find no address to try for a Unix socket. */
    if (opts->ip_version && !opts->unix_socket)
        EASY_SET(easy, CURLOPT_IPRESOLVE,
                 (long)(opts->ip_version == 4 ? CURL_IPRESOLVE_V4
                                              : CURL_IPRESOLVE_V6));
    if (opts->interface)
        EASY_SET(easy, CURLOPT_INTERFACE, opts->interface);
    if (opts->unix_socket)
        EASY_SET(easy, CURLOPT_UNIX_SOCKET_PATH, opts->unix_socket);
    if (opts->keepalive_us > 0)
        EASY_SET(easy, CURLOPT_MAXAGE_CONN,
                 (long)((opts->keepalive_us + US_PER_S - 1) / US_PER_S));
    if (opts->max_conn_lifetime_us > 0)
        EASY_SET(easy, CURLOPT_MAXLIFETIME_CONN,
                 lifetime_s(opts->max_conn_lifetime_us));
    EASY_SET(easy, CURLOPT_FRESH_CONNECT, opts->force_close ? 1L : 0L);
}

static void
setup_tls(CURL *easy, const struct opts *opts)
{
    static const long versions[] = {
        [TLS_DEFAULT] = CURL_SSLVERSION_DEFAULT,
        [TLS_1_0] = CURL_SSLVERSION_TLSv1_0,
        [TLS_1_1] = CURL_SSLVERSION_TLSv1_1,
        [TLS_1_2] = CURL_SSLVERSION_TLSv1_2,
        [TLS_1_3] = CURL_SSLVERSION_TLSv1_3,
    };

    /* libcurl caches the parsed CA bundle only without a CApath, and Debian
     * sets one by default: that costs 20 ms per connection. */
    EASY_SET(easy, CURLOPT_CAPATH, opts->capath);
    EASY_SET(easy, CURLOPT_PROXY_CAPATH, opts->capath);
    if (opts->cacert) {
        EASY_SET(easy, CURLOPT_CAINFO, opts->cacert);
        EASY_SET(easy, CURLOPT_PROXY_CAINFO, opts->cacert);
    }
    if (opts->insecure) {
        EASY_SET(easy, CURLOPT_SSL_VERIFYPEER, 0L);
        EASY_SET(easy, CURLOPT_SSL_VERIFYHOST, 0L);
        EASY_SET(easy, CURLOPT_PROXY_SSL_VERIFYPEER, 0L);
        EASY_SET(easy, CURLOPT_PROXY_SSL_VERIFYHOST, 0L);
    }
    if (opts->cert) {
        EASY_SET(easy, CURLOPT_SSLCERT, opts->cert);
        /* If unset, OpenSSL asks for it at the terminal and waits. */
        EASY_SET(easy, CURLOPT_KEYPASSWD, opts->cert_password);
    }
    if (opts->key)
        EASY_SET(easy, CURLOPT_SSLKEY, opts->key);
    if (opts->pinnedpubkey)
        EASY_SET(easy, CURLOPT_PINNEDPUBLICKEY, opts->pinnedpubkey);
    EASY_SET(easy, CURLOPT_SSLVERSION, versions[opts->tls_min]);
    EASY_SET(easy, CURLOPT_PROXY_SSLVERSION, versions[opts->tls_min]);
}

static void
setup_cookies(CURL *easy, const struct opts *opts)
{
    struct buf all = BUF_INIT;

    cookies_own(opts, &all);
    if (all.len) {
        buf_addc(&all, '\0');
        EASY_SET(easy, CURLOPT_COOKIE, all.data);
    }
    buf_fini(&all);
}

static bool
may_use_proxy(const struct opts *opts)
{
    return (opts->proxy_http && *opts->proxy_http) ||
           (opts->proxy_https && *opts->proxy_https);
}

static void
setup_identity(CURL *easy, const struct opts *opts)
{
    /* CONNECT requests get none of the headers below. */
    if (*opts->user_agent && may_use_proxy(opts))
        EASY_SET(easy, CURLOPT_USERAGENT, opts->user_agent);
    if (opts->referer && *opts->referer)
        EASY_SET(easy, CURLOPT_REFERER, opts->referer);
    EASY_SET(
        easy, CURLOPT_HTTPAUTH,
        (long)(opts->auth == AUTH_DIGEST ? CURLAUTH_DIGEST : CURLAUTH_BASIC));
    if (opts->user)
        EASY_SET(easy, CURLOPT_USERPWD, opts->user);
    if (opts->oauth2_bearer) {
        EASY_SET(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
        EASY_SET(easy, CURLOPT_XOAUTH2_BEARER, opts->oauth2_bearer);
    }
    if (opts->netrc)
        EASY_SET(easy, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
    if (opts->proxy_user)
        EASY_SET(easy, CURLOPT_PROXYUSERPWD, opts->proxy_user);
    /* By default libcurl also offers the user's Kerberos tickets, and waits for
     * the Kerberos server. */
    EASY_SET(easy, CURLOPT_SOCKS5_AUTH, (long)CURLAUTH_BASIC);
    setup_cookies(easy, opts);
}

void
setup_run(void *easy, const struct opts *opts)
{
    setup_protocol(easy, opts);
    setup_connection(easy, opts);
    setup_tls(easy, opts);
    setup_identity(easy, opts);
}
