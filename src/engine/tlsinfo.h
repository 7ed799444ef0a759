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

#endif /* TLSINFO_H */
