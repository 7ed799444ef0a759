/*
 * easy.h - a curl easy handle: its settings and its numbers.
 */
#ifndef EASY_H
#define EASY_H

#include <curl/curl.h>

#include "base/alloc.h"
#include "base/base.h"

/*
 * Set an option whose value was checked when the options were: it can only
 * fail for lack of memory.
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

#endif /* EASY_H */
