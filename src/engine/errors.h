/*
 * errors.h - a CURLcode and what is known beside it, as an error of ours.
 */
#ifndef ERRORS_H
#define ERRORS_H

#include "base/base.h"
#include "job/result.h"

/* What is known of a hop that libcurl gave up. */
struct failure {
    int curl_code;              /* CURLcode, not CURLE_OK */
    int os_errno;               /* 0: unknown */
    enum phase phase;           /* how far it came */
    long verify_result;         /* X509_V_ERR_…, 0: the chain was fine */
    int64_t after_us;           /* time since the hop began */
    int64_t before_us;          /* earlier hops of the attempt */
    int64_t connect_timeout_us; /* that were set; 0: off */
    int64_t timeout_us;
    bool is_tls;
    bool is_proxied;
    bool is_before_tls;     /* the origin's handshake had not begun */
    bool lacks_certificate; /* one was asked for, we had none, and there was no
                               answer */
    long proxy_status;      /* the answer to CONNECT, 0: none, or no CONNECT */
    long proxy_error;       /* CURLPX_…, what a SOCKS proxy said */
    const char *message;    /* libcurl's, "" where it has none */
};

/* Set r's error. */
void errors_set(struct result *r, const struct failure *f);

#endif /* ERRORS_H */
