/*
 * easy.h - a curl easy handle: its settings, numbers and headers.
 */
#ifndef EASY_H
#define EASY_H

#include <string.h>

#include <curl/curl.h>

#include "base/alloc.h"
#include "base/base.h"

/*
 * Set an option whose value was checked together with the command line: it can
 * only fail for lack of memory.
 */
#define EASY_SET(easy, option, value)                                          \
    do {                                                                       \
        if (curl_easy_setopt(easy, option, value) == CURLE_OUT_OF_MEMORY)      \
            alloc_failed();                                                    \
    } while (0)

static inline int64_t
easy_number(CURL *easy, CURLINFO info)
{
    curl_off_t n = 0;

    curl_easy_getinfo(easy, info, &n);
    return n;
}

static inline long
easy_long(CURL *easy, CURLINFO info)
{
    long n = 0;

    curl_easy_getinfo(easy, info, &n);
    return n;
}

/* Convert a duration to libcurl's milliseconds, rounded up. */
static inline long
easy_ms(int64_t us)
{
    int64_t ms = (us + US_PER_MS - 1) / US_PER_MS;

    return ms > INT32_MAX ? INT32_MAX : (long)ms;
}

/*
 * The i-th header of that name in the last response, or NULL. libcurl owns it.
 * libcurl < 8.x returns the line end for an empty value.
 */
static inline const char *
easy_header(CURL *easy, const char *name, size_t i)
{
    struct curl_header *h;

    if (curl_easy_header(easy, name, i, CURLH_HEADER, -1, &h) != CURLHE_OK)
        return NULL;
    return h->value + strspn(h->value, "\r\n");
}

#endif /* EASY_H */
