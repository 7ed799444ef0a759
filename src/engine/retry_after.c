/*
 * Not CURLINFO_RETRY_AFTER: that has 0 for "now" as for none, takes what
 * doesn't fit into 64 bits for none, and lets the rest overflow our
 * microseconds.
 */
#include "engine/retry_after.h"

#include <curl/curl.h>

#include "base/ascii.h"
#include "base/clock.h"

/* A server may name any year: this is a hundred of them. */
#define MOST_S (INT64_C(36525) * 24 * 3600)

int64_t
retry_after_us(const char *value, int64_t wall_us)
{
    int64_t s = 0;

    while (*value == ' ' || *value == '\t')
        value++;
    if (ascii_is_digit(*value)) {
        for (; ascii_is_digit(*value) && s < MOST_S; value++)
            s = s * 10 + (*value - '0');
    } else {
        time_t when = curl_getdate(value, NULL);

        if (when == -1)
            return -1;
        s = (int64_t)when - wall_us / US_PER_S;
    }
    if (s > MOST_S)
        s = MOST_S;
    return s < 0 ? 0 : s * US_PER_S;
}
