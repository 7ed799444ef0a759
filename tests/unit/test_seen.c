#include "base/seen.h"

#include <criterion/criterion.h>

#include "heap_bytes.h"

static struct siphash_hash
hash_of(uint64_t i)
{
    return (struct siphash_hash){{i * UINT64_C(0x9e3779b97f4a7c15), i}};
}

Test(seen, the_first_number_is_kept)
{
    struct seen *s = seen_new();
    struct siphash_hash hash = hash_of(1);
    uint64_t number = 7;

    cr_expect(seen_add(s, &hash, &number));
    cr_expect_eq(number, 7);
    number = 8;
    cr_expect_not(seen_add(s, &hash, &number));
    cr_expect_eq(number, 7);
    seen_free(s);
}

Test(seen, both_words_of_a_hash_count)
{
    struct seen *s = seen_new();

    for (uint64_t i = 0; i < 20; i++) {
        struct siphash_hash hash = {{i % 2, i / 2}};
        uint64_t number = i;

        cr_expect(seen_add(s, &hash, &number));
    }
    for (uint64_t i = 0; i < 20; i++) {
        struct siphash_hash hash = {{i % 2, i / 2}};
        uint64_t number = 99;

        cr_expect_not(seen_add(s, &hash, &number));
        cr_expect_eq(number, i);
    }
    seen_free(s);
}

Test(seen, a_million_take_40_bytes_each_at_most)
{
    size_t before = heap_bytes(), worst = 0;
    struct seen *s = seen_new();

    for (uint64_t i = 0; i < 1000000; i++) {
        struct siphash_hash hash = hash_of(i);
        uint64_t number = i;

        cr_assert(seen_add(s, &hash, &number));
        if (i + 1 >= 100000 && i % 100 == 0 &&
            (heap_bytes() - before) / (i + 1) > worst)
            worst = (heap_bytes() - before) / (i + 1);
    }
    cr_expect_leq(worst, 48, "%zu", worst); /* a chunk is a large part then */
    cr_expect_leq(heap_bytes() - before, 40 * 1000000, "%zu",
                  heap_bytes() - before);
    for (uint64_t i = 0; i < 1000000; i++) {
        struct siphash_hash hash = hash_of(i);
        uint64_t number = 0;

        cr_assert_not(seen_add(s, &hash, &number));
        cr_assert_eq(number, i);
    }
    seen_free(s);
}
