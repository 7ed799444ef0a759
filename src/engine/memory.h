/*
 * memory.h - allocation for libcurl and OpenSSL that ends the run when there
 * is no memory, as ours does (base/alloc.h).
 *
 * Both report a failed allocation, but their code after it is hardly tested:
 * with each allocation made to fail in turn, libcurl 7.88 and OpenSSL 3.0
 * crashed.  The run could not go on without memory anyway.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include "base/base.h"

/* Also sets how much freed memory malloc keeps for the process.
 * Call before any other function of both, instead of curl_global_init().
 * Returns -1 if libcurl cannot be used. */
NODISCARD int memory_global_init(void);

#endif /* MEMORY_H */
