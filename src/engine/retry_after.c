/*
 * CURLINFO_RETRY_AFTER is not used: it cannot tell "now" from none, ignores
 * values beyond 64 bits, and lets others overflow our microseconds.
 */
#include "engine/retry_after.h"

#include <curl/curl.h>

#include "base/ascii.h"

/* At most a hundred years, since a server may name any date. */
#define MOST_S (INT64_C(36525) * 24 * 3600)

int64_t
retry_after_us(const char *value, int64_t wall_us)
{
    int64_t s = 0;

    while (ascii_is_blank(*value))
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
