#include "engine/tlsinfo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/budgets.h"
#include "engine/allowance.h"
#include "job/job.h"

/* Set as the process starts. */
static bool is_supported;
static int note_index = -1;       /* of a struct tls_note in an SSL_CTX */
static int connection_index = -1; /* the same in an SSL */
static X509_STORE *authorities;   /* NULL: libcurl has its own */

static bool
has_our_openssl(void)
{
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);
    const char *name = "OpenSSL/";
    const char *version = info->ssl_version;

    /* A libcurl with another OpenSSL has different structs. */
    return version && strncmp(version, name, strlen(name)) == 0 &&
           strcmp(version + strlen(name),
                  OpenSSL_version(OPENSSL_VERSION_STRING)) == 0;
}

/* The file of authorities that libcurl was built with; NULL if there is none.
 */
static const char *
default_file(CURL *easy)
{
    char *file = NULL;

    curl_easy_getinfo(easy, CURLINFO_CAINFO, &file);
    return file;
}

void
tlsinfo_trust(const char *file, const char *folder)
{
    CURL *easy = curl_easy_init();

    authorities = X509_STORE_new();
    if (!easy || !authorities)
        alloc_failed();
    X509_STORE_set_flags(authorities,
                         X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
    if (!file)
        file = default_file(easy);
    if (file)
        (void)X509_STORE_load_file(authorities, file);
    if (folder)
        (void)X509_STORE_load_path(authorities, folder);
    ERR_clear_error();
    curl_easy_cleanup(easy);
}

void
tlsinfo_cleanup(void)
{
    X509_STORE_free(authorities);
    authorities = NULL;
}

bool
tlsinfo_is_supported(void)
{
    return is_supported;
}

/* ---- what a handshake said ----------------------------------------------- */

struct tls_note {
    unsigned nholders; /* all in one thread */
    bool wants_certificate;
    bool has_closed;        /* the peer said that it sends nothing more */
    bool is_nested;         /* it is within the TLS connection to a proxy */
    bool is_tunnelling;     /* its proxy is asked for a tunnel */
    bool is_established;    /* its handshake is over */
    bool has_data;          /* since tlsinfo_expect_data() */
    int fd;                 /* its socket, if it is_established */
    int sent_alert;         /* the fatal one that we sent, or 0 */
    long verify_result;     /* of the peer's certificate, with sent_alert */
    const SSL *ssl;         /* NULL: not begun, or freed */
    struct tls_note *below; /* of the TLS connection to a proxy, if is_nested;
                               or of an earlier connection; or NULL */

    /* OpenSSL's own judgement, by its security level */
    int (*is_secure)(const SSL *, const SSL_CTX *, int, int, int, void *,
                     void *);
};

void
tlsinfo_release(struct tls_note *note)
{
    if (!note || --note->nholders > 0)
        return;
    tlsinfo_release(note->below);
    free(note);
}

bool
tlsinfo_has_begun(const struct tls_note *note, bool is_nested)
{
    return note && (!is_nested || note->is_nested);
}

bool
tlsinfo_wants_certificate(const struct tls_note *note)
{
    return note && note->wants_certificate;
}

int
tlsinfo_sent_alert(const struct tls_note *note)
{
    return note ? note->sent_alert : 0;
}

long
tlsinfo_verify_result(const struct tls_note *note)
{
    return note ? note->verify_result : 0;
}

const char *
tlsinfo_verify_text(long verify_result)
{
    return X509_verify_cert_error_string(verify_result);
}

static void
on_context_free(void *ctx, void *note, CRYPTO_EX_DATA *ad, int index, long argl,
                void *argp)
{
    (void)ctx, (void)ad, (void)index, (void)argl, (void)argp;
    tlsinfo_release(note);
}

static void
on_connection_free(void *ssl, void *data, CRYPTO_EX_DATA *ad, int index,
                   long argl, void *argp)
{
    struct tls_note *note = data;

    (void)ssl, (void)ad, (void)index, (void)argl, (void)argp;
    if (note)
        note->ssl = NULL;
    tlsinfo_release(note);
}

int
tlsinfo_setup(void)
{
    is_supported = has_our_openssl();
    note_index = SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, on_context_free);
    connection_index =
        SSL_get_ex_new_index(0, NULL, NULL, NULL, on_connection_free);
    return note_index < 0 || connection_index < 0 ? -1 : 0;
}

/* NULL if there is none, or no connection. */
static struct tls_note *
note_of(const SSL *ssl)
{
    return !ssl ? NULL : SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), note_index);
}

/* Can nothing be read after this alert?  False for TLS within TLS to a proxy,
 * whose descriptor is not known. */
static bool
is_end(const SSL *ssl, int where, int ret)
{
    const struct tls_note *note = note_of(ssl);
    bool is_fatal = (where & SSL_CB_ALERT) && ret >> 8 == SSL3_AL_FATAL;
    bool is_close =
        where == SSL_CB_READ_ALERT && (ret & 0xff) == SSL_AD_CLOSE_NOTIFY;

    return note && !note->is_nested && note->is_established &&
           (is_fatal || is_close);
}

/* Called by OpenSSL when a handshake begins, on the connection that the context
 * was made for, and for each alert that we get or send; ret is then its level
 * and description. */
static void
on_state(const SSL *ssl, int where, int ret)
{
    struct tls_note *note = note_of(ssl);

    if (note && where == SSL_CB_WRITE_ALERT && ret >> 8 == SSL3_AL_FATAL) {
        note->sent_alert = ret & 0xff;
        note->verify_result = SSL_get_verify_result(ssl);
    }
    if (note && where == SSL_CB_READ_ALERT &&
        (ret & 0xff) == SSL_AD_CLOSE_NOTIFY)
        note->has_closed = true;
    if (note && !note->is_established && (where & SSL_CB_HANDSHAKE_DONE)) {
        note->is_established = true;
        note->fd = allowance_last_read(); /* read the handshake's last bytes */
    }
    if (is_end(ssl, where, ret))
        allowance_note_tls_over(note->fd);
    if (!(where & SSL_CB_HANDSHAKE_START) || !note || note->ssl ||
        SSL_set_ex_data((SSL *)ssl, connection_index, note) != 1)
        return;
    note->nholders++;
    note->ssl = ssl;
}

/* A record comes, whose size is in the last two bytes of its header. */
static void
charge_record(const struct tls_note *note, const unsigned char *header,
              size_t size)
{
    if (note && note->is_tunnelling && size == SSL3_RT_HEADER_LENGTH)
        allowance_charge(TUNNEL_BYTE_COST *
                         ((size_t)header[3] << 8 | header[4]));
}

/* Called by OpenSSL for each message, and for each record's header.  With TLS
 * 1.3, the header says nothing, and the type is passed after decryption. */
static void
on_message(int is_write, int version, int type, const void *data, size_t size,
           SSL *ssl, void *arg)
{
    struct tls_note *note;
    int marker = SSL_version(ssl) == TLS1_3_VERSION ? SSL3_RT_INNER_CONTENT_TYPE
                                                    : SSL3_RT_HEADER;

    (void)version, (void)arg;
    if (!is_write && type == SSL3_RT_HEADER)
        charge_record(note_of(ssl), data, size);
    if (is_write || type != marker || size == 0 ||
        *(const unsigned char *)data != SSL3_RT_APPLICATION_DATA)
        return;
    note = note_of(ssl);
    if (note)
        note->has_data = true;
}

static int
on_certificate_request(SSL *ssl, void *arg)
{
    struct tls_note *note = arg;

    (void)ssl;
    note->wants_certificate = true;
    return 1; /* continue without a note */
}

/*
 * Is it an exchange of keys by Diffie-Hellman that a server could make take
 * long?  With TLS 1.2 a server chooses the prime, up to 10,000 bits, which
 * occupy the thread for more than a second, so this is not offered at all: no
 * browser does so, either.  With TLS 1.3 it is a group's: 20 ms for 4096 bits.
 */
static bool
is_slow_exchange(int op, int nid, const void *other)
{
    switch (op) {
    case SSL_SECOP_CIPHER_SUPPORTED:
        return SSL_CIPHER_get_kx_nid(other) == NID_kx_dhe;
    case SSL_SECOP_CURVE_SUPPORTED:
        return nid == NID_ffdhe6144 || nid == NID_ffdhe8192;
    default:
        return false;
    }
}

/* Called by OpenSSL before it offers or uses something; 0 refuses it. */
static int
judge_security(const SSL *ssl, const SSL_CTX *ctx, int op, int bits, int nid,
               void *other, void *data)
{
    const struct tls_note *note = data;

    return !is_slow_exchange(op, nid, other) &&
           note->is_secure(ssl, ctx, op, bits, nid, other, NULL);
}

/* libcurl makes a context for each connection. */
void
tlsinfo_on_context(void *ctx, struct tls_note **at, bool to_proxy)
{
    struct tls_note *note = xcalloc(1, sizeof(*note));

    note->below = *at;
    if (note->below) { /* keep no more than one */
        note->is_nested = note->below->ssl != NULL;
        note->below->is_tunnelling = false;
        tlsinfo_release(note->below->below);
        note->below->below = NULL;
    }
    *at = note;
    note->is_tunnelling = to_proxy && !note->is_nested;
    note->nholders = 1;
    if (authorities)
        SSL_CTX_set1_cert_store(ctx, authorities);
    if (SSL_CTX_set_ex_data(ctx, note_index, note) != 1)
        return;
    note->nholders = 2;
    SSL_CTX_set_cert_cb(ctx, on_certificate_request, note);
    SSL_CTX_set_info_callback(ctx, on_state);
    SSL_CTX_set_msg_callback(ctx, on_message);
    note->is_secure = SSL_CTX_get_security_callback(ctx);
    SSL_CTX_set_security_callback(ctx, judge_security);
    SSL_CTX_set0_security_ex_data(ctx, note);
}

/* ---- what a connection is ------------------------------------------------ */

/* A name in the form of RFC 2253, "CN=example.com,O=Example", but without
 * escapes for UTF-8. */
static const char *
name_text(const X509_NAME *name, struct arena *mem)
{
    BIO *out = BIO_new(BIO_s_mem());
    const char *text = NULL;
    char *data;
    long len;

    if (!out)
        alloc_failed();
    if (X509_NAME_print_ex(out, name, 0,
                           XN_FLAG_RFC2253 &
                               ~(unsigned long)ASN1_STRFLGS_ESC_MSB) >= 0) {
        len = BIO_get_mem_data(out, &data);
        text = arena_strndup(mem, data, (size_t)len);
    }
    BIO_free(out);
    return text;
}

/* Microseconds since 1970, or -1. */
static int64_t
moment_us(const ASN1_TIME *t)
{
    struct tm tm;

    if (!t || ASN1_TIME_to_tm(t, &tm) != 1)
        return -1;
    return (int64_t)timegm(&tm) * US_PER_S;
}

static const char *
fingerprint(const X509 *cert, struct arena *mem)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    char *text;

    if (X509_digest(cert, EVP_sha256(), bytes, &n) != 1)
        return NULL;
    text = arena_alloc(mem, 2 * (size_t)n + 1);
    for (unsigned i = 0; i < n; i++)
        snprintf(text + 2 * (size_t)i, 3, "%02x", bytes[i]);
    return text;
}

/* Has the certificate a name or address beside its subject? */
static bool
has_other_name(X509 *cert)
{
    GENERAL_NAMES *names =
        X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
    bool found = false;

    for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
        int type = sk_GENERAL_NAME_value(names, i)->type;

        found = found || type == GEN_DNS || type == GEN_IPADD;
    }
    GENERAL_NAMES_free(names);
    return found;
}

/* Is the certificate for this host, by libcurl's rules?  A "*" is a whole
 * label, and the subject counts only if there is no other name. */
static bool
is_for_host(X509 *cert, const char *host, size_t len)
{
    unsigned flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;

    if (has_other_name(cert))
        flags |= X509_CHECK_FLAG_NEVER_CHECK_SUBJECT;
    return X509_check_host(cert, host, len, flags, NULL) == 1;
}

/* Are chain and name valid?  With --insecure OpenSSL verifies the chain, too,
 * by tlsinfo_trust()'s authorities, but not the name. */
static bool
is_valid(const SSL *ssl, X509 *cert, const struct target *target)
{
    size_t len = strlen(target->host);

    if (SSL_get_verify_result(ssl) != X509_V_OK)
        return false;
    if (len > 1 && target->host[len - 1] == '.')
        len--; /* no certificate has it */
    return target->is_numeric ? X509_check_ip_asc(cert, target->host, 0) == 1
                              : is_for_host(cert, target->host, len);
}

static void
read_certificate(struct tls_info *info, const SSL *ssl,
                 const struct target *target, struct arena *mem)
{
    X509 *cert = SSL_get1_peer_certificate(ssl);

    if (!cert)
        return;
    info->is_verified = is_valid(ssl, cert, target);
    info->subject = name_text(X509_get_subject_name(cert), mem);
    info->issuer = name_text(X509_get_issuer_name(cert), mem);
    info->not_after_us = moment_us(X509_get0_notAfter(cert));
    info->sha256 = fingerprint(cert, mem);
    X509_free(cert);
}

/* OpenSSL's struct of the current connection; NULL if it is not TLS, or of
 * another OpenSSL.  For TLS within TLS to a proxy, it is the inner one. */
static const SSL *
connection_of(CURL *easy)
{
    struct curl_tlssessioninfo *session = NULL;

    if (!is_supported ||
        curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK ||
        !session || session->backend != CURLSSLBACKEND_OPENSSL)
        return NULL;
    return session->internals;
}

const char *
tlsinfo_http_version(void *easy)
{
    const SSL *ssl = connection_of(easy);
    const unsigned char *alpn = NULL;
    unsigned len = 0;

    if (!ssl)
        return NULL;
    SSL_get0_alpn_selected(ssl, &alpn, &len);
    if (len != 2 || alpn[0] != 'h')
        return "1.1";
    return alpn[1] == '2' ? "2" : alpn[1] == '3' ? "3" : "1.1";
}

bool
tlsinfo_is_connecting(void *easy, bool is_nested)
{
    const SSL *ssl = connection_of(easy);
    const struct tls_note *note = note_of(ssl);

    if (!is_supported)
        return false;
    return !ssl || !SSL_is_init_finished(ssl) ||
           (note && !tlsinfo_has_begun(note, is_nested));
}

bool
tlsinfo_has_unread(void *easy)
{
    const SSL *ssl = connection_of(easy);
    const struct tls_note *note = note_of(ssl);
    const SSL *outer = note && note->below ? note->below->ssl : NULL;

    return (ssl && SSL_has_pending(ssl)) || (outer && SSL_has_pending(outer));
}

struct tls_note *
tlsinfo_hold(void *easy)
{
    const SSL *ssl = connection_of(easy);
    struct tls_note *note = note_of(ssl);

    if (note)
        note->nholders++;
    return note;
}

bool
tlsinfo_was_cut(const struct tls_note *note)
{
    return note && !note->has_closed;
}

struct tls_note *
tlsinfo_expect_data(void *easy)
{
    struct tls_note *note = tlsinfo_hold(easy);

    if (note)
        note->has_data = false;
    return note;
}

bool
tlsinfo_has_data(const struct tls_note *note)
{
    return note && note->has_data;
}

struct tls_info *
tlsinfo_read(void *easy, const struct target *target, bool is_verified,
             struct arena *mem)
{
    struct tls_info *info;
    const unsigned char *alpn = NULL;
    unsigned alpn_len = 0;
    const SSL *ssl = target->is_tls ? connection_of(easy) : NULL;

    if (!ssl)
        return NULL;
    info = arena_alloc(mem, sizeof(*info));
    *info = (struct tls_info){
        .version = arena_strdup(mem, SSL_get_version(ssl)),
        .cipher = arena_strdup(mem, SSL_get_cipher_name(ssl)),
        .not_after_us = -1,
    };
    SSL_get0_alpn_selected(ssl, &alpn, &alpn_len);
    if (alpn_len)
        info->alpn = arena_strndup(mem, (const char *)alpn, alpn_len);
    read_certificate(info, ssl, target, mem);
    info->is_verified = info->is_verified || is_verified;
    return info;
}
