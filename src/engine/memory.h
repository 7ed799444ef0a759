/*
 * memory.h - allocations of libcurl and OpenSSL that end the run where there
 * is no memory, as our own do (base/alloc.h).
 *
 * Both report it, but what they do after it is hardly ever tried: with each
 * allocation made to fail in turn libcurl 7.88 and OpenSSL 3.0 crashed.  And a
 * run that has no memory is over, whoever finds it out.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include "base/base.h"

/* To be called before anything else of both, instead of curl_global_init().
 * -1: libcurl can't be used. */
NODISCARD int memory_global_init(void);

#endif /* MEMORY_H */
