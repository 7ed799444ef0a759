#include "sched/retry.h"

uint64_t
retry_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

int64_t
retry_backoff_us(uint32_t nretries, int64_t base_us, int64_t max_us,
                 uint64_t *random)
{
    int64_t most_us = base_us < max_us ? base_us : max_us;

    for (uint32_t i = 1; i < nretries && most_us < max_us && most_us > 0; i++)
        most_us = most_us > max_us / 2 ? max_us : 2 * most_us;
    if (most_us <= 0)
        return 0;
    /* The modulo favours small waits by a negligible amount. */
    return (int64_t)(retry_random(random) % ((uint64_t)most_us + 1));
}
