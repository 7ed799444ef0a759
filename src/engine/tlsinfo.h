/*
 * tlsinfo.h - the parameters and certificate of a TLS connection.
 */
#ifndef TLSINFO_H
#define TLSINFO_H

#include <curl/curl.h>

#include "base/base.h"

struct arena;
struct target;
struct tls_info;

/* Is the libcurl in use built with the OpenSSL that we are linked with?  False
 * before tlsinfo_setup(). */
bool tlsinfo_is_supported(void);

/*
 * Read the connection that an easy handle is using; call from within its
 * callbacks.  Strings go to mem.  is_verified: libcurl has checked chain and
 * name.  Returns NULL if it is not TLS.
 */
NODISCARD struct tls_info *tlsinfo_read(void *easy, const struct target *target,
                                        bool is_verified, struct arena *mem);

/*
 * What a server said in its handshake; shared by the transfer that connects
 * and the connection.  Call setup once per process, before any other thread
 * starts.
 */
struct tls_note;

int tlsinfo_setup(void);

/*
 * Set the authorities by which certificates are judged with --insecure, where
 * libcurl has none: those in this file (NULL: libcurl's default file), and in
 * this folder unless it is NULL.  Authorities that cannot be read are left out.
 * Call it after tlsinfo_setup().
 */
void tlsinfo_trust(const char *file, const char *folder);
void tlsinfo_cleanup(void);

/* For CURLOPT_SSL_CTX_FUNCTION, where tlsinfo_is_supported(): a new context.
 * *at gets a new note.  to_proxy: TLS to a proxy comes first, and then a
 * tunnel. */
void tlsinfo_on_context(void *ctx, struct tls_note **at, bool to_proxy);

/* Has TLS with the server begun?  is_nested: it is within TLS to a proxy, whose
 * note comes first.  A note of NULL: no. */
bool tlsinfo_has_begun(const struct tls_note *note, bool is_nested);

/* Was a client certificate asked for?  NULL: no. */
bool tlsinfo_wants_certificate(const struct tls_note *note);

/* The alert by which we ended the connection, and OpenSSL's verdict on the
 * peer's certificate at that time (X509_V_ERR_…).  0: none, or note is NULL. */
int tlsinfo_sent_alert(const struct tls_note *note);
long tlsinfo_verify_result(const struct tls_note *note);
const char *tlsinfo_verify_text(long verify_result);
void tlsinfo_release(struct tls_note *note); /* NULL is fine */

/*
 * The note of the connection that an easy handle is using; NULL if it is not
 * TLS.  The note stays valid after the connection has ended, until it is
 * released.  Call tlsinfo_hold() from within callbacks.  tlsinfo_was_cut()
 * tells whether the connection ended without a close_notify of the peer.
 */
NODISCARD struct tls_note *tlsinfo_hold(void *easy);
bool tlsinfo_was_cut(const struct tls_note *note);

/*
 * Like tlsinfo_hold(), when a request is about to be sent: from now on
 * tlsinfo_has_data() tells whether a record with data has come.  That may be a
 * part of a status line, which libcurl does not report.  For NULL it is
 * false.
 */
NODISCARD struct tls_note *tlsinfo_expect_data(void *easy);
bool tlsinfo_has_data(const struct tls_note *note);

/* The HTTP version that it agreed on, "3", "2" or "1.1"; NULL: unknown. */
const char *tlsinfo_http_version(void *easy);

/* Is the handshake still to come or under way?  is_nested: as above. */
bool tlsinfo_is_connecting(void *easy, bool is_nested);

/*
 * Does OpenSSL hold bytes that it has read and not passed on?  It reads whole
 * records: those of a proxy may contain several of the server, and with libcurl
 * 8.23 it reads ahead.  False if it is not TLS.
 */
bool tlsinfo_has_unread(void *easy);

#endif /* TLSINFO_H */
