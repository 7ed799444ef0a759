#include "base/map.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

/* A value that stands for a number. */
static void *
value_of(size_t i)
{
    return (void *)(uintptr_t)(i + 1);
}

Test(map, only_keys_that_were_put_are_found)
{
    struct map *m = map_new();

    cr_assert_null(map_get(m, "a", 1));
    map_put(m, "a", 1, value_of(1));
    map_put(m, "ab", 2, value_of(2));
    map_put(m, "", 0, value_of(3));
    map_put(m, "a\0b", 3, value_of(4));
    cr_assert_eq(map_len(m), 4);
    cr_assert_eq(map_get(m, "ab", 1), value_of(1));
    cr_assert_eq(map_get(m, "ab", 2), value_of(2));
    cr_assert_eq(map_get(m, NULL, 0), value_of(3));
    cr_assert_eq(map_get(m, "a\0b", 3), value_of(4));
    cr_assert_null(map_get(m, "a\0", 2));
    cr_assert_null(map_get(m, "b", 1));
    map_free(m);
    map_free(NULL);
}

Test(map, removing_takes_out_one_entry)
{
    struct map *m = map_new();

    map_put(m, "one", 3, value_of(1));
    map_put(m, "two", 3, value_of(2));
    cr_assert_eq(map_remove(m, "one", 3), value_of(1));
    cr_assert_null(map_remove(m, "one", 3));
    cr_assert_null(map_get(m, "one", 3));
    cr_assert_eq(map_get(m, "two", 3), value_of(2));
    cr_assert_eq(map_len(m), 1);
    map_put(m, "one", 3, value_of(3));
    cr_assert_eq(map_get(m, "one", 3), value_of(3));
    map_free(m);
}

Test(map, a_key_is_compared_by_its_bytes_not_its_address)
{
    struct map *m = map_new();
    char key[] = "key", same[] = "key";

    map_put(m, key, 3, value_of(1));
    cr_assert_eq(map_get(m, same, 3), value_of(1));
    map_free(m);
}

/*
 * Thousands of random steps against an array that remembers.  Few keys, so
 * that the map grows, shrinks and closes gaps all the time.
 */
Test(map, agrees_with_a_plain_array_over_random_steps)
{
    enum { NKEYS = 3000, NSTEPS = 300000 };
    static char keys[NKEYS][16];
    static size_t held[NKEYS]; /* value_of()'s number, 0: not there */
    struct map *m = map_new();
    size_t nheld = 0;
    uint64_t random = 42;

    for (size_t i = 0; i < NKEYS; i++)
        snprintf(keys[i], sizeof(keys[i]), "host-%zu", i);

    for (size_t step = 1; step <= NSTEPS; step++) {
        /* The number of keys in play swings between few and all. */
        size_t range = step / 30000 % 2 == 0 ? NKEYS : 20;
        size_t i;

        random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
        i = (random >> 33) % range;
        if (step / 30000 % 2 == 1 && step % 2 == 0)
            i = (random >> 33) % NKEYS;

        if (held[i] == 0 && (range == NKEYS || i < 20)) {
            map_put(m, keys[i], strlen(keys[i]), value_of(step));
            held[i] = step;
            nheld++;
        } else if (held[i] != 0) {
            cr_assert_eq(map_remove(m, keys[i], strlen(keys[i])),
                         value_of(held[i]));
            held[i] = 0;
            nheld--;
        }
        cr_assert_eq(map_len(m), nheld);
        if (step % 5000 != 0)
            continue;
        for (size_t k = 0; k < NKEYS; k++) {
            void *expected = held[k] != 0 ? value_of(held[k]) : NULL;

            cr_assert_eq(map_get(m, keys[k], strlen(keys[k])), expected,
                         "step %zu, key %zu", step, k);
        }
    }
    map_free(m);
}

Test(map, keys_of_all_lengths_are_told_apart)
{
    static char zeros[300];
    struct map *m = map_new();

    /* The same bytes: only their number differs. */
    for (size_t len = 0; len < sizeof(zeros); len++)
        map_put(m, zeros, len, value_of(len));
    for (size_t len = 0; len < sizeof(zeros); len++)
        cr_assert_eq(map_get(m, zeros, len), value_of(len), "%zu", len);
    map_free(m);
}

Test(map, the_stable_hash_is_fnv_1a)
{
    static const struct {
        const char *text;
        uint64_t hash;
    } rows[] = {
        {"", UINT64_C(0xcbf29ce484222325)},
        {"a", UINT64_C(0xaf63dc4c8601ec8c)},
        {"foobar", UINT64_C(0x85944171f73967e8)},
        {"\xff", UINT64_C(0xaf64724c8602eb6e)},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        uint64_t hash = map_stable_hash(rows[i].text, strlen(rows[i].text));

        cr_expect_eq(hash, rows[i].hash, "'%s': %" PRIx64, rows[i].text, hash);
    }
}
