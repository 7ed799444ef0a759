/*
 * tlsinfo.h - what a TLS connection agreed on, and with whom.
 */
#ifndef TLSINFO_H
#define TLSINFO_H

#include "base/base.h"

struct arena;
struct target;
struct tls_info;

/* Is the libcurl in use built with the OpenSSL that we are linked with? */
bool tlsinfo_is_supported(void);

/*
 * Of the connection that an easy handle is using just now; from within its
 * callbacks.  Strings go to mem.  NULL: it is none of TLS.
 */
NODISCARD struct tls_info *tlsinfo_read(void *easy, const struct target *target,
                                        struct arena *mem);

/* The HTTP version that it agreed on, "2" or "1.1"; NULL: unknown. */
const char *tlsinfo_http_version(void *easy);

#endif /* TLSINFO_H */
