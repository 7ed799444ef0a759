/*
 * errors.h - turns a CURLcode and what is known beside it into an error.
 */
#ifndef ERRORS_H
#define ERRORS_H

#include "base/base.h"
#include "job/result.h"

/* What is known about a failed hop. */
struct failure {
    int curl_code;              /* CURLcode, not CURLE_OK */
    int os_errno;               /* 0: unknown */
    enum phase phase;           /* how far it came */
    long verify_result;         /* X509_V_ERR_…; 0: the chain is valid */
    int64_t after_us;           /* time since the hop began */
    int64_t before_us;          /* earlier hops of the attempt */
    int64_t connect_timeout_us; /* the configured time-outs; 0: off */
    int64_t timeout_us;
    bool is_insecure; /* certificates are not verified */
    bool is_tls;
    bool is_proxied;
    bool is_before_tls;     /* TLS with the origin had not begun */
    int sent_alert;         /* the TLS alert by which we ended the connection
                               (RFC 8446, 6.2); 0: none */
    bool lacks_certificate; /* a certificate was requested, we had none, and no
                               answer came */
    long proxy_status;      /* the answer to CONNECT, 0: none, or no CONNECT */
    long proxy_error;       /* CURLPX_…, the reply of a SOCKS proxy */
    const char *message;    /* libcurl's message; "" if none */
};

/* Set r's error. */
void errors_set(struct result *r, const struct failure *f);

#endif /* ERRORS_H */
