/*
 * fuzz.h - what every fuzzer has: its entry and its checks.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Try one input.  Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* End the process if this does not hold, so that libFuzzer keeps the input. */
#define check(holds)                                                           \
    ((holds) ? (void)0 : check_failed(__FILE__, __LINE__, #holds))

static inline void
check_failed(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

#endif /* FUZZ_H */
