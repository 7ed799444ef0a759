#include "engine/errors.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <curl/curl.h>

/* OpenSSL's X509_V_ERR_… values; they are part of its ABI (x509_vfy.h). */
enum {
    VERIFY_NOT_YET_VALID = 9,
    VERIFY_HAS_EXPIRED = 10,
    VERIFY_REVOKED = 23,
};

/* The TLS alert for a version that we don't speak (RFC 8446, 6.2). */
#define ALERT_PROTOCOL_VERSION 70

/* CURLE_TOO_LARGE, which exists since libcurl 8.6. */
#define TOO_LARGE 100

struct verdict {
    enum error_class class;
    const char *code;
    bool retryable;
};

/* Codes with the same meaning in every phase. */
static const struct {
    CURLcode curl_code;
    struct verdict verdict;
} verdicts[] = {
    {CURLE_URL_MALFORMAT, {ERR_INPUT, "url_malformed", false}},
    {CURLE_COULDNT_RESOLVE_PROXY, {ERR_PROXY, "not_found", true}},
    {CURLE_COULDNT_RESOLVE_HOST, {ERR_DNS, "not_found", true}},
    {CURLE_WEIRD_SERVER_REPLY, {ERR_PROTOCOL, "bad_response", true}},
    {CURLE_HTTP2, {ERR_PROTOCOL, "h2", true}},
    {CURLE_HTTP2_STREAM, {ERR_PROTOCOL, "h2", true}},
    {CURLE_HTTP3, {ERR_PROTOCOL, "h3", true}},
    {CURLE_QUIC_CONNECT_ERROR, {ERR_CONNECT, "quic", true}},
    {CURLE_PARTIAL_FILE, {ERR_PROTOCOL, "truncated", true}},
    {CURLE_GOT_NOTHING, {ERR_PROTOCOL, "empty_reply", true}},
    {CURLE_BAD_CONTENT_ENCODING, {ERR_PROTOCOL, "decode", false}},
    {CURLE_SSL_CONNECT_ERROR, {ERR_TLS, "handshake_failed", true}},
    {CURLE_SSL_CERTPROBLEM, {ERR_TLS, "client_cert", false}},
    {CURLE_SSL_CIPHER, {ERR_TLS, "cipher", false}},
    {CURLE_SSL_CACERT_BADFILE, {ERR_TLS, "ca_file", false}},
    {CURLE_SSL_ISSUER_ERROR, {ERR_TLS, "cert_untrusted", false}},
    {CURLE_SSL_PINNEDPUBKEYNOTMATCH, {ERR_TLS, "pin_mismatch", false}},
    {CURLE_SSL_INVALIDCERTSTATUS, {ERR_TLS, "cert_status", false}},
    {CURLE_SSL_CLIENTCERT, {ERR_TLS, "client_cert_required", false}},
    {CURLE_SSL_ENGINE_INITFAILED, {ERR_TLS, "engine", false}},
    {CURLE_SSL_CRL_BADFILE, {ERR_TLS, "crl_file", false}},
    {CURLE_TOO_MANY_REDIRECTS, {ERR_REDIRECT, "too_many", false}},
    {CURLE_INTERFACE_FAILED, {ERR_CONNECT, "interface", false}},
    {CURLE_AUTH_ERROR, {ERR_PROTOCOL, "auth", false}},
    {CURLE_FILESIZE_EXCEEDED, {ERR_TOO_LARGE, "body_over_limit", false}},
};

/* The meaning of the socket's errno, or NULL. */
static const struct verdict *
by_errno(int os_errno)
{
    static const struct verdict refused = {ERR_CONNECT, "refused", true};
    static const struct verdict reset = {ERR_CONNECT, "reset", true};
    static const struct verdict unreachable = {ERR_CONNECT, "unreachable",
                                               true};
    static const struct verdict timeout = {ERR_TIMEOUT, "connect", true};
    static const struct verdict files = {ERR_CONNECT, "no_descriptors", true};

    switch (os_errno) {
    case ECONNREFUSED:
        return &refused;
    case ECONNRESET:
    case EPIPE:
    case ECONNABORTED:
        return &reset;
    case EHOSTUNREACH:
    case ENETUNREACH:
    case ENETDOWN:
    case EHOSTDOWN:
    case EADDRNOTAVAIL:
        return &unreachable;
    case ETIMEDOUT:
        return &timeout;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
        return &files;
    default:
        return NULL;
    }
}

/*
 * Did the peer say that our certificate has expired?  libcurl reports that like
 * a fault of the peer's own certificate, whose verdict may be one that
 * --insecure ignores.
 */
static bool
is_expired_alert(const struct failure *f)
{
    return f->curl_code == CURLE_PEER_FAILED_VERIFICATION &&
           (f->is_insecure ||
            strcmp(f->message, "SSL certificate verification failed") == 0);
}

static struct verdict
judge_certificate(const struct failure *f)
{
    if (is_expired_alert(f))
        return (struct verdict){ERR_TLS, "client_cert_rejected", false};
    /* The name is checked first, so the chain may be valid nevertheless. */
    if (strstr(f->message, "subject name"))
        return (struct verdict){ERR_TLS, "cert_host_mismatch", false};
    switch (f->verify_result) {
    case 0:
        return (struct verdict){ERR_TLS, "cert_host_mismatch", false};
    case VERIFY_HAS_EXPIRED:
        return (struct verdict){ERR_TLS, "cert_expired", false};
    case VERIFY_NOT_YET_VALID:
        return (struct verdict){ERR_TLS, "cert_not_yet_valid", false};
    case VERIFY_REVOKED:
        return (struct verdict){ERR_TLS, "cert_revoked", false};
    default:
        return (struct verdict){ERR_TLS, "cert_untrusted", false};
    }
}

/* Do both sides have no TLS version in common?  libcurl passes on OpenSSL's
 * text only, no code, and within TLS to a proxy not even that. */
static bool
is_version_mismatch(const struct failure *f)
{
    return f->sent_alert == ALERT_PROTOCOL_VERSION ||
           strstr(f->message, "unsupported protocol") ||
           /* TLS 1.0 or 1.1 with OpenSSL 3.0: their signatures are refused */
           strstr(f->message, "legacy sigalg disallowed") ||
           strstr(f->message, "no protocols available");
}

/* Will the next handshake fail in the same way?  It will if the reply was not
 * TLS, or the server does not know the name or speaks none of our protocols. */
static bool
will_fail_again(const struct failure *f)
{
    static const char *const texts[] = {
        "wrong version number",  "http request",
        "length too long",       "unrecognized name",
        "insufficient security", "no application protocol",
    };

    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        if (strstr(f->message, texts[i]))
            return true;
    return false;
}

/*
 * Classify the peer's TLS alert, if there was one.  With TLS 1.3 the server
 * checks our certificate after our handshake is over, so the alert arrives
 * instead of the response.
 */
static bool
judge_alert(const struct failure *f, struct verdict *v)
{
    static const struct {
        const char *text;
        struct verdict verdict;
    } alerts[] = {
        {"alert certificate required",
         {ERR_TLS, "client_cert_required", false}},
        {"alert bad certificate", {ERR_TLS, "client_cert_rejected", false}},
        {"alert unsupported certificate",
         {ERR_TLS, "client_cert_rejected", false}},
        {"alert certificate", {ERR_TLS, "client_cert_rejected", false}},
        {"alert unknown ca", {ERR_TLS, "client_cert_rejected", false}},
        {"alert protocol version", {ERR_TLS, "no_common_version", false}},
        {"alert no certificate", {ERR_TLS, "client_cert_required", false}},
        {"alert unrecognized name", {ERR_TLS, "handshake_failed", false}},
        {"alert no application protocol", {ERR_TLS, "handshake_failed", false}},
        {" alert ", {ERR_TLS, "handshake_failed", true}},
    };

    if (f->curl_code != CURLE_SSL_CONNECT_ERROR &&
        f->curl_code != CURLE_RECV_ERROR && f->curl_code != CURLE_SEND_ERROR)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(alerts); i++) {
        if (!strstr(f->message, alerts[i].text))
            continue;
        *v = alerts[i].verdict;
        v->retryable = v->retryable && !will_fail_again(f);
        return true;
    }
    return false;
}

/* The server asked for a certificate, got none and ended the connection.  With
 * TLS 1.3 its alert may be lost because the request was being sent. */
static bool
judge_missing_certificate(const struct failure *f, struct verdict *v)
{
    *v = (struct verdict){ERR_TLS, "client_cert_required", false};
    return f->lacks_certificate &&
           (f->curl_code == CURLE_SSL_CONNECT_ERROR ||
            f->curl_code == CURLE_RECV_ERROR ||
            f->curl_code == CURLE_SEND_ERROR ||
            f->curl_code == CURLE_GOT_NOTHING || f->curl_code == CURLE_HTTP2);
}

/* libcurl has one code for all time-outs: find out which one expired. */
static struct verdict
judge_timeout(const struct failure *f)
{
    bool is_connecting = f->phase == PHASE_DNS || f->phase == PHASE_CONNECT ||
                         f->phase == PHASE_TLS;
    bool connect_is_sooner =
        f->connect_timeout_us > 0 &&
        (f->timeout_us == 0 ||
         f->connect_timeout_us < f->timeout_us - f->before_us);

    if (is_connecting && connect_is_sooner)
        return (struct verdict){ERR_TIMEOUT, "connect", true};
    return (struct verdict){ERR_TIMEOUT, "total", true};
}

/* An established connection failed. */
static struct verdict
judge_broken(const struct failure *f, const struct verdict *by_os)
{
    /* libcurl < 8.6 reports this for a trailer line that is too long. */
    if (strstr(f->message, "Out of memory in chunked"))
        return (struct verdict){ERR_PROTOCOL, "header_too_large", false};
    if (f->phase == PHASE_TLS)
        return (struct verdict){ERR_TLS, "handshake_failed",
                                !will_fail_again(f)};
    if (by_os)
        return *by_os;
    if (strstr(f->message, "nghttp3") || strstr(f->message, "HTTP/3") ||
        strstr(f->message, "ngtcp2"))
        return (struct verdict){ERR_PROTOCOL, "h3", true};
    /* Only some errors of HTTP/2 have a code of their own in libcurl. */
    if (strstr(f->message, "nghttp2_") || strstr(f->message, "nghttp2 "))
        return (struct verdict){ERR_PROTOCOL, "h2", true};
    /* End of data without TLS's close_notify: libcurl >= 8.x with OpenSSL 3. */
    if (f->phase == PHASE_RECEIVE && strstr(f->message, "unexpected eof"))
        return (struct verdict){ERR_PROTOCOL, "truncated", true};
    if (f->phase == PHASE_WAIT && strstr(f->message, "unexpected eof"))
        return (struct verdict){ERR_PROTOCOL, "empty_reply", true};
    /* The peer does not speak TLS, or its bytes were changed on the way. */
    if (f->curl_code == CURLE_RECV_ERROR &&
        (f->sent_alert != 0 || strstr(f->message, "SSL routines")))
        return (struct verdict){ERR_PROTOCOL, "bad_response", true};
    if (f->is_tls)
        return (struct verdict){ERR_CONNECT, "reset", true};
    return (struct verdict){ERR_PROTOCOL, "bad_response", true};
}

/* The error of a SOCKS proxy. */
static struct verdict
judge_socks(const struct failure *f)
{
    switch (f->proxy_error) {
    case CURLPX_NO_AUTH:
    case CURLPX_GSSAPI_PERMSG: /* it takes GSSAPI alone, which we don't use */
    case CURLPX_USER_REJECTED:
    case CURLPX_IDENTD:
    case CURLPX_IDENTD_DIFFER:
        return (struct verdict){ERR_PROXY, "auth_required", false};
    case CURLPX_REPLY_NOT_ALLOWED:
        return (struct verdict){ERR_PROXY, "denied", false};
    case CURLPX_RESOLVE_HOST: /* socks4, and the name has no IPv4 address */
    case CURLPX_LONG_USER:    /* longer than the protocol allows */
    case CURLPX_LONG_PASSWD:
        return (struct verdict){ERR_PROXY, "failed", false};
    default:
        return (struct verdict){ERR_PROXY, "failed", true};
    }
}

/*
 * Did the proxy fail or refuse?  Until it answers CONNECT, all replies come
 * from the proxy.
 */
static bool
judge_proxy(const struct failure *f, const struct verdict *by_os,
            struct verdict *v)
{
    bool is_broken =
        f->curl_code == CURLE_RECV_ERROR || f->curl_code == CURLE_SEND_ERROR ||
        f->curl_code == CURLE_GOT_NOTHING ||
        f->curl_code == CURLE_OUT_OF_MEMORY || /* long headers */
        f->curl_code == TOO_LARGE || f->curl_code == CURLE_WEIRD_SERVER_REPLY ||
        (f->curl_code == CURLE_BAD_FUNCTION_ARGUMENT && /* libcurl >= 8.x */
         strstr(f->message, "response header"));

    *v = (struct verdict){ERR_PROXY, "failed", true};
    /* libcurl reads the body of a 407 before it gives up. */
    if (f->curl_code == CURLE_OPERATION_TIMEDOUT && f->proxy_status != 407)
        return false;
    if (f->curl_code == CURLE_PROXY) {
        *v = judge_socks(f);
    } else if (f->proxy_status == 407) {
        *v = (struct verdict){ERR_PROXY, "auth_required", false};
    } else if (f->proxy_status >= 300) {
        /* Another attempt may succeed after 5xx, 408, 425 and 429. */
        if (f->proxy_status < 500 && f->proxy_status != 408 &&
            f->proxy_status != 425 && f->proxy_status != 429)
            *v = (struct verdict){ERR_PROXY, "denied", false};
    } else if (f->curl_code == CURLE_COULDNT_CONNECT) {
        if (by_os)
            v->code = by_os->code;
    } else {
        return f->phase <= PHASE_TLS && is_broken &&
               (f->proxy_status == 0 || !f->is_tls || f->is_before_tls);
    }
    return true;
}

/* Judge by libcurl's code.  If the verdict depends on more than the code, the
 * rest is looked at first; by_os is the verdict on the errno, or NULL. */
static struct verdict
judge_code(const struct failure *f, const struct verdict *by_os)
{
    switch (f->curl_code) {
    case CURLE_OPERATION_TIMEDOUT:
        return judge_timeout(f);
    case CURLE_PEER_FAILED_VERIFICATION:
        return judge_certificate(f);
    case CURLE_SSL_CONNECT_ERROR:
        if (is_version_mismatch(f))
            return (struct verdict){ERR_TLS, "no_common_version", false};
        if (will_fail_again(f))
            return (struct verdict){ERR_TLS, "handshake_failed", false};
        break;
    case CURLE_COULDNT_CONNECT:
        return by_os ? *by_os : (struct verdict){ERR_CONNECT, "failed", true};
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return judge_broken(f, by_os);
    case CURLE_BAD_FUNCTION_ARGUMENT:
        /* A key that does not match (8.23), or a head that begins with a
         * folded line. */
        if (f->phase == PHASE_TLS && strstr(f->message, "key"))
            return (struct verdict){ERR_TLS, "client_cert", false};
        if (f->phase >= PHASE_WAIT)
            return (struct verdict){ERR_PROTOCOL, "bad_response", true};
        break;
    case CURLE_PARTIAL_FILE:
        if (by_os)
            return *by_os;
        /* libcurl < 8.x: a stream without an answer, whose connection ended. */
        if (f->phase < PHASE_RECEIVE)
            return (struct verdict){ERR_PROTOCOL, "empty_reply", true};
        break;
    case CURLE_UNSUPPORTED_PROTOCOL:
        /* The URL was checked before, so the reply is not HTTP. */
        return (struct verdict){ERR_PROTOCOL, "bad_response", true};
    case CURLE_OUT_OF_MEMORY:
        /* libcurl < 8.6: also for a header line over 100 KB. */
    case TOO_LARGE:
        if (f->phase == PHASE_RECEIVE || f->phase == PHASE_WAIT)
            return (struct verdict){ERR_PROTOCOL, "header_too_large", false};
        break;
    default:
        break;
    }
    for (size_t i = 0; i < ARRAY_LEN(verdicts); i++)
        if ((int)verdicts[i].curl_code == f->curl_code)
            return verdicts[i].verdict;
    return (struct verdict){ERR_PROTOCOL, "failed", false};
}

static struct verdict
judge(const struct failure *f)
{
    const struct verdict *by_os = by_errno(f->os_errno);
    struct verdict v;

    if (f->is_proxied && judge_proxy(f, by_os, &v))
        return v;
    /* Plain requests may go to a proxy over TLS. */
    if ((f->is_tls || f->curl_code == CURLE_SSL_CONNECT_ERROR) &&
        (judge_missing_certificate(f, &v) || judge_alert(f, &v)))
        return v;
    /* nghttp2 has too many PINGs or SETTINGS to answer. */
    if (strstr(f->message, "Flooding was detected"))
        return (struct verdict){ERR_PROTOCOL, "flood", false};
    return judge_code(f, by_os);
}

static void
describe_timeout(const struct failure *f, const char *code, char *text,
                 size_t size)
{
    static const char *const doing[] = {
        [PHASE_DNS] = "while looking the name up",
        [PHASE_CONNECT] = "while connecting",
        [PHASE_TLS] = "in the TLS handshake",
        [PHASE_SEND] = "while sending the request",
        [PHASE_WAIT] = "waiting for the response",
        [PHASE_RECEIVE] = "while receiving the response",
    };
    const char *what = f->phase >= PHASE_DNS && f->phase <= PHASE_RECEIVE
                           ? doing[f->phase]
                           : "";
    bool is_total = strcmp(code, "total") == 0;

    snprintf(text, size, "%s timeout after %.3f s %s", code,
             (double)(f->after_us + (is_total ? f->before_us : 0)) / 1e6, what);
}

void
errors_set(struct result *r, const struct failure *f)
{
    struct verdict v = judge(f);
    enum phase phase = f->phase;
    char text[200];

    /* If a handshake fails at once, libcurl may not have reported that TCP
     * connected. */
    if (v.class == ERR_TLS && phase == PHASE_CONNECT)
        phase = PHASE_TLS;

    /* The tunnel's answer began and was cut: only the proxy can have sent it.
     */
    if (v.class == ERR_PROXY && (strstr(f->message, "CONNECT") ||
                                 f->curl_code == CURLE_OPERATION_TIMEDOUT))
        phase = PHASE_CONNECT;

    if (v.class == ERR_TIMEOUT)
        describe_timeout(f, v.code, text, sizeof(text));
    else if (f->proxy_status == 407 && v.class == ERR_PROXY &&
             f->curl_code == CURLE_OPERATION_TIMEDOUT)
        snprintf(text, sizeof(text),
                 "the proxy asks for a name and password, and its answer did "
                 "not end in time: HTTP 407");
    else if (is_expired_alert(f))
        snprintf(text, sizeof(text),
                 "the server says that the client certificate has expired");
    else if (strcmp(v.code, "header_too_large") == 0)
        snprintf(text, sizeof(text),
                 "a header line of the response is longer "
                 "than 100 KB");
    else if (f->curl_code == CURLE_BAD_FUNCTION_ARGUMENT && !f->message[0])
        snprintf(text, sizeof(text), "the head of the response is malformed");
    else
        snprintf(text, sizeof(text), "%s",
                 f->message[0] ? f->message
                               : curl_easy_strerror((CURLcode)f->curl_code));
    result_fail(r, v.class, v.code, phase, v.retryable, "%s", text);
    r->error.curl_code = f->curl_code;
    r->error.os_errno = f->os_errno;
}
