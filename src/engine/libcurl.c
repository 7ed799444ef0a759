#include "engine/libcurl.h"

#include <locale.h>
#include <string.h>

#include <curl/curl.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/redact.h"
#include "engine/memory.h"
#include "engine/tlsinfo.h"
#include "job/options.h"
#include "url/url.h"

int
libcurl_init(void)
{
    /* libidn2 takes host names in the locale's charset; ours are UTF-8,
     * whatever the user's locale is. */
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    if (memory_global_init() == 0 && tlsinfo_setup() == 0)
        return 0;
    diag_error("cannot set up libcurl");
    return -1;
}

void
libcurl_fini(void)
{
    tlsinfo_cleanup();
    curl_global_cleanup();
}

const char *
libcurl_names(void)
{
    return curl_version();
}

/* The message names the source of the mistake: the option or the variable. */
static int
check_proxy(const struct opts *opts, const char *proxy)
{
    struct buf shown = BUF_INIT;

    if (!proxy || !*proxy || url_is_proxy(proxy))
        return 0;
    redact_url(&shown, proxy, strlen(proxy));
    diag_error("%s must be [SCHEME://]HOST[:PORT] with http, https, socks4, "
               "socks4a, socks5 or socks5h, not '%.*s'%s",
               opts->proxy ? "--proxy" : "the environment's proxy",
               (int)shown.len, shown.data,
               strchr(proxy, '@') ? "; in its name and password, '@', '/' and "
                                    "blanks are written %40, %2F and %20"
                                  : "");
    buf_fini(&shown);
    return -1;
}

int
libcurl_check(const struct opts *opts)
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
    const char *what = NULL;

    if (opts->http == HTTP_3 && !(info->features & CURL_VERSION_HTTP3))
        what = "--http3";
    else if ((opts->http == HTTP_2 || opts->http == HTTP_2_PRIOR) &&
             !(info->features & CURL_VERSION_HTTP2))
        what = "HTTP/2";
    else if (opts->unix_socket && !(info->features & CURL_VERSION_UNIX_SOCKETS))
        what = "--unix-socket";
    else if (opts->tls_info && !tlsinfo_is_supported())
        what = "--tls-info";
    if (!what)
        return check_proxy(opts, opts->proxy_http) ||
                       check_proxy(opts, opts->proxy_https)
                   ? -1
                   : 0;
    diag_error("%s is not supported by the libcurl in use (%s)", what,
               curl_version());
    return -1;
}

void
libcurl_load(const struct opts *opts)
{
    if (opts->insecure && opts->tls_info)
        tlsinfo_trust(opts->cacert, opts->capath);
}

bool
libcurl_breaks_h2c(const struct opts *opts)
{
    return opts->http == HTTP_2_PRIOR &&
           curl_version_info(CURLVERSION_NOW)->version_num < 0x080000;
}

bool
libcurl_breaks_upgrade(const struct opts *opts)
{
    return opts->http == HTTP_2 &&
           curl_version_info(CURLVERSION_NOW)->version_num < 0x080100;
}

bool
libcurl_breaks_digest(const struct opts *opts)
{
    return opts->auth == AUTH_DIGEST &&
           curl_version_info(CURLVERSION_NOW)->version_num < 0x080100;
}

bool
libcurl_lacks_number(const struct opts *opts)
{
    return opts->unix_socket &&
           curl_version_info(CURLVERSION_NOW)->version_num < 0x080200;
}

bool
libcurl_reuses_unread(void)
{
    return curl_version_info(CURLVERSION_NOW)->version_num < 0x080000;
}

bool
libcurl_keeps_header(void)
{
    return curl_version_info(CURLVERSION_NOW)->version_num < 0x080100;
}

bool
libcurl_adds_trailers(void)
{
    return curl_version_info(CURLVERSION_NOW)->version_num < 0x081700;
}

bool
libcurl_forgets_streams(void)
{
    return curl_version_info(CURLVERSION_NOW)->version_num < 0x080000;
}

bool
libcurl_multiplexes(const struct opts *opts, bool is_tls)
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);

    if (!(info->features & CURL_VERSION_HTTP2) || opts->force_close)
        return false;
    switch (opts->http) {
    case HTTP_DEFAULT:
    case HTTP_2:
    case HTTP_3:
        return is_tls;
    case HTTP_2_PRIOR:
        return is_tls || !libcurl_breaks_h2c(opts);
    default:
        return false;
    }
}
