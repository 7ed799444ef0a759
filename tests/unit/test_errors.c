#include <criterion/criterion.h>

#include <errno.h>
#include <string.h>

#include <curl/curl.h>

#include "engine/errors.h"

Test(errors, codes_of_libcurl_get_a_class_and_a_code)
{
    static const struct {
        struct failure f;
        enum error_class class;
        const char *code;
        bool retryable;
    } cases[] = {
        {{.curl_code = CURLE_COULDNT_CONNECT, .os_errno = ECONNREFUSED},
         ERR_CONNECT,
         "refused",
         true},
        {{.curl_code = CURLE_COULDNT_CONNECT, .os_errno = ENETUNREACH},
         ERR_CONNECT,
         "unreachable",
         true},
        {{.curl_code = CURLE_COULDNT_CONNECT}, ERR_CONNECT, "failed", true},
        {{.curl_code = CURLE_RECV_ERROR, .os_errno = ECONNRESET},
         ERR_CONNECT,
         "reset",
         true},
        {{.curl_code = CURLE_SEND_ERROR, .os_errno = EPIPE},
         ERR_CONNECT,
         "reset",
         true},
        {{.curl_code = CURLE_RECV_ERROR, .phase = PHASE_RECEIVE},
         ERR_PROTOCOL,
         "bad_response",
         true},
        {{.curl_code = CURLE_RECV_ERROR,
          .phase = PHASE_RECEIVE,
          .message = "Out of memory in chunked-encoding"},
         ERR_PROTOCOL,
         "header_too_large",
         false},
        {{.curl_code = 100, .phase = PHASE_RECEIVE},
         ERR_PROTOCOL,
         "header_too_large",
         false},
        {{.curl_code = CURLE_RECV_ERROR, .is_tls = true, .phase = PHASE_TLS},
         ERR_TLS,
         "handshake_failed",
         true},
        /* libcurl has no text for what is within TLS with a proxy; 20: "bad
         * record mac", 70: "protocol version". */
        {{.curl_code = CURLE_RECV_ERROR,
          .is_tls = true,
          .phase = PHASE_WAIT,
          .sent_alert = 20},
         ERR_PROTOCOL,
         "bad_response",
         true},
        {{.curl_code = CURLE_SSL_CONNECT_ERROR,
          .is_tls = true,
          .phase = PHASE_TLS,
          .message = "error:0A00014D:SSL routines::legacy sigalg disallowed "
                     "or unsupported"},
         ERR_TLS,
         "no_common_version",
         false},
        {{.curl_code = CURLE_PROXY,
          .is_proxied = true,
          .proxy_error = CURLPX_LONG_USER},
         ERR_PROXY,
         "failed",
         false},
        {{.curl_code = CURLE_SSL_CONNECT_ERROR,
          .is_tls = true,
          .phase = PHASE_TLS,
          .sent_alert = 70},
         ERR_TLS,
         "no_common_version",
         false},
        {{.curl_code = CURLE_PARTIAL_FILE, .phase = PHASE_RECEIVE},
         ERR_PROTOCOL,
         "truncated",
         true},
        {{.curl_code = CURLE_PARTIAL_FILE, .phase = PHASE_WAIT},
         ERR_PROTOCOL,
         "empty_reply",
         true},
        {{.curl_code = CURLE_RECV_ERROR,
          .is_tls = true,
          .phase = PHASE_WAIT,
          .message = "h2_process_pending_input: nghttp2_session_mem_recv() "
                     "returned -905:Too many CONTINUATION frames"},
         ERR_PROTOCOL,
         "h2",
         true},
        {{.curl_code = CURLE_RECV_ERROR,
          .is_tls = true,
          .phase = PHASE_WAIT,
          .message = "nghttp2 recv error -905: Too many CONTINUATION frames "
                     "following a HEADER frame"},
         ERR_PROTOCOL,
         "h2",
         true},
        {{.curl_code = CURLE_GOT_NOTHING}, ERR_PROTOCOL, "empty_reply", true},
        {{.curl_code = CURLE_UNSUPPORTED_PROTOCOL},
         ERR_PROTOCOL,
         "bad_response",
         true},
        {{.curl_code = CURLE_BAD_CONTENT_ENCODING},
         ERR_PROTOCOL,
         "decode",
         false},
        {{.curl_code = CURLE_SSL_CONNECT_ERROR},
         ERR_TLS,
         "handshake_failed",
         true},
        {{.curl_code = CURLE_RECV_ERROR,
          .is_tls = true,
          .phase = PHASE_WAIT,
          .message = "OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 "
                     "alert certificate required, errno 0"},
         ERR_TLS,
         "client_cert_required",
         false},
        {{.curl_code = CURLE_SSL_CONNECT_ERROR,
          .is_tls = true,
          .message = "error:0A000418:SSL routines::tlsv1 alert unknown ca"},
         ERR_TLS,
         "client_cert_rejected",
         false},
        {{.curl_code = CURLE_RECV_ERROR,
          .is_tls = true,
          .phase = PHASE_RECEIVE,
          .message = "SSL routines::tlsv1 alert internal error"},
         ERR_TLS,
         "handshake_failed",
         true},
        {{.curl_code = CURLE_SSL_CONNECT_ERROR,
          .is_tls = true,
          .message = "error:0A00042E:SSL routines::tlsv1 alert protocol "
                     "version"},
         ERR_TLS,
         "no_common_version",
         false},
        {{.curl_code = CURLE_SSL_CONNECT_ERROR,
          .message = "error:0A000092:SSL routines::data length too long"},
         ERR_TLS,
         "handshake_failed",
         false},
        {{.curl_code = CURLE_SSL_CONNECT_ERROR,
          .is_tls = true,
          .message = "SSL routines::tlsv1 alert insufficient security"},
         ERR_TLS,
         "handshake_failed",
         false},
        {{.curl_code = CURLE_PEER_FAILED_VERIFICATION, .verify_result = 10},
         ERR_TLS,
         "cert_expired",
         false},
        {{.curl_code = CURLE_PEER_FAILED_VERIFICATION, .verify_result = 18},
         ERR_TLS,
         "cert_untrusted",
         false},
        {{.curl_code = CURLE_PEER_FAILED_VERIFICATION},
         ERR_TLS,
         "cert_host_mismatch",
         false},
        {{.curl_code = CURLE_PEER_FAILED_VERIFICATION,
          .message = "SSL certificate verification failed"},
         ERR_TLS,
         "client_cert_rejected",
         false},
        {{.curl_code = CURLE_PEER_FAILED_VERIFICATION,
          .is_insecure = true,
          .verify_result = 18},
         ERR_TLS,
         "client_cert_rejected",
         false},
        {{.curl_code = CURLE_PEER_FAILED_VERIFICATION,
          .verify_result = 18,
          .message = "SSL: no alternative certificate subject name matches"},
         ERR_TLS,
         "cert_host_mismatch",
         false},
        {{.curl_code = CURLE_COULDNT_RESOLVE_PROXY},
         ERR_PROXY,
         "not_found",
         true},
        {{.curl_code = CURLE_HTTP2_STREAM}, ERR_PROTOCOL, "h2", true},
        {{.curl_code = CURLE_RECV_ERROR,
          .message = "nghttp2 recv error -904: Flooding was detected in this "
                     "HTTP/2 session, and it must be closed"},
         ERR_PROTOCOL,
         "flood",
         false},
        {{.curl_code = CURLE_HTTP2_STREAM,
          .message = "HTTP/2 stream 1 was not closed cleanly: "
                     "ENHANCE_YOUR_CALM (err 11)"},
         ERR_PROTOCOL,
         "h2",
         true},
        {{.curl_code = CURLE_COULDNT_CONNECT,
          .os_errno = ECONNREFUSED,
          .is_proxied = true},
         ERR_PROXY,
         "refused",
         true},
        {{.curl_code = CURLE_RECV_ERROR,
          .is_tls = true,
          .phase = PHASE_TLS,
          .is_proxied = true,
          .proxy_status = 407},
         ERR_PROXY,
         "auth_required",
         false},
        {{.curl_code = CURLE_RECV_ERROR,
          .phase = PHASE_TLS,
          .is_proxied = true,
          .proxy_status = 403},
         ERR_PROXY,
         "denied",
         false},
        {{.curl_code = CURLE_RECV_ERROR,
          .phase = PHASE_TLS,
          .is_proxied = true,
          .proxy_status = 503},
         ERR_PROXY,
         "failed",
         true},
        {{.curl_code = CURLE_RECV_ERROR,
          .is_tls = true,
          .phase = PHASE_CONNECT,
          .is_proxied = true},
         ERR_PROXY,
         "failed",
         true},
        {{.curl_code = CURLE_RECV_ERROR,
          .is_tls = true,
          .phase = PHASE_TLS,
          .is_proxied = true,
          .proxy_status = 200},
         ERR_TLS,
         "handshake_failed",
         true},
        {{.curl_code = CURLE_BAD_FUNCTION_ARGUMENT,
          .message = "Invalid response header",
          .is_tls = true,
          .is_before_tls = true,
          .phase = PHASE_TLS,
          .is_proxied = true,
          .proxy_status = 200},
         ERR_PROXY,
         "failed",
         true},
        {{.curl_code = CURLE_RECV_ERROR,
          .phase = PHASE_CONNECT,
          .is_proxied = true,
          .proxy_status = 200},
         ERR_PROXY,
         "failed",
         true},
        {{.curl_code = CURLE_GOT_NOTHING,
          .phase = PHASE_WAIT,
          .is_proxied = true},
         ERR_PROTOCOL,
         "empty_reply",
         true},
        {{.curl_code = CURLE_PROXY,
          .is_proxied = true,
          .proxy_error = CURLPX_USER_REJECTED},
         ERR_PROXY,
         "auth_required",
         false},
        {{.curl_code = CURLE_PROXY,
          .is_proxied = true,
          .proxy_error = CURLPX_GSSAPI_PERMSG},
         ERR_PROXY,
         "auth_required",
         false},
        {{.curl_code = CURLE_PROXY,
          .is_proxied = true,
          .proxy_error = CURLPX_REPLY_NOT_ALLOWED},
         ERR_PROXY,
         "denied",
         false},
        {{.curl_code = CURLE_PROXY,
          .is_proxied = true,
          .proxy_error = CURLPX_REPLY_HOST_UNREACHABLE},
         ERR_PROXY,
         "failed",
         true},
        {{.curl_code = CURLE_OPERATION_TIMEDOUT,
          .phase = PHASE_CONNECT,
          .is_proxied = true},
         ERR_TIMEOUT,
         "total",
         true},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct result r;
        struct failure f = cases[i].f;
        if (!f.message)
            f.message = "";
        result_init(&r);
        errors_set(&r, &f);
        cr_expect_eq(r.error.class, cases[i].class, "%zu: %s", i,
                     result_class_name(r.error.class));
        cr_expect_str_eq(r.error.code, cases[i].code);
        cr_expect_eq(r.error.retryable, cases[i].retryable, "%zu", i);
        cr_expect_eq(r.error.curl_code, f.curl_code);
        cr_expect_neq(r.error.message[0], '\0');
        result_fini(&r);
    }
}

Test(errors, a_timeout_says_which_clock_ran_out)
{
    static const struct {
        enum phase phase;
        int64_t connect_us, total_us, before_us;
        const char *code, *after;
    } cases[] = {
        {PHASE_CONNECT, 1000000, 5000000, 0, "connect", "1.500 s"},
        {PHASE_TLS, 1000000, 0, 0, "connect", "1.500 s"},
        {PHASE_CONNECT, 5000000, 1000000, 0, "total", "1.500 s"},
        {PHASE_WAIT, 1000000, 5000000, 0, "total", "1.500 s"},
        {PHASE_RECEIVE, 0, 5000000, 0, "total", "1.500 s"},
        /* The time that earlier hops have left counts, and is reported. */
        {PHASE_CONNECT, 3000000, 5000000, 3500000, "total", "5.000 s"},
        {PHASE_CONNECT, 1000000, 5000000, 3500000, "connect", "1.500 s"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct result r;
        struct failure f = {
            .curl_code = CURLE_OPERATION_TIMEDOUT,
            .phase = cases[i].phase,
            .connect_timeout_us = cases[i].connect_us,
            .timeout_us = cases[i].total_us,
            .before_us = cases[i].before_us,
            .after_us = 1500000,
            .message = "",
        };
        result_init(&r);
        errors_set(&r, &f);
        cr_expect_eq(r.error.class, ERR_TIMEOUT);
        cr_expect_str_eq(r.error.code, cases[i].code, "%zu", i);
        cr_expect(strstr(r.error.message, cases[i].after) != NULL, "%s",
                  r.error.message);
        result_fini(&r);
    }
}

/* TCP may have connected unseen, but TLS failed. */
Test(errors, a_handshake_that_fails_at_once_fails_in_it)
{
    static const struct {
        int curl_code;
        enum phase phase, want;
    } cases[] = {
        {CURLE_SSL_CONNECT_ERROR, PHASE_CONNECT, PHASE_TLS},
        {CURLE_SSL_CONNECT_ERROR, PHASE_TLS, PHASE_TLS},
        {CURLE_COULDNT_CONNECT, PHASE_CONNECT, PHASE_CONNECT},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct result r;
        struct failure f = {
            .curl_code = cases[i].curl_code,
            .phase = cases[i].phase,
            .message = "",
        };
        result_init(&r);
        errors_set(&r, &f);
        cr_expect_eq(r.error.phase, cases[i].want, "%zu", i);
        result_fini(&r);
    }
}
