/*
 * base.h - what every file may use: fixed-width types and a few annotations.
 */
#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NODISCARD              __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define NORETURN               __attribute__((noreturn))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#define US_PER_MS INT64_C(1000)
#define US_PER_S  INT64_C(1000000)

#endif /* BASE_H */
