#include "base/multiset.h"

#include <stdlib.h>
#include <unistd.h>

#include <criterion/criterion.h>

static struct siphash_hash
hash_of(uint64_t n)
{
    return (struct siphash_hash){{n * UINT64_C(0x9e3779b97f4a7c15), n % 3}};
}

Test(multiset, a_missing_hash_is_not_taken)
{
    struct multiset m = MULTISET_INIT;
    struct siphash_hash a = hash_of(1), b = hash_of(2);

    multiset_sort(&m);
    cr_expect_not(multiset_has(&m, &a));
    cr_expect_not(multiset_take(&m, &a));
    multiset_fini(&m);
    multiset_add(&m, &a);
    multiset_sort(&m);
    cr_expect_not(multiset_take(&m, &b));
    cr_expect(multiset_take(&m, &a));
    cr_expect(multiset_has(&m, &a), "taken ones are still there");
    cr_expect_not(multiset_take(&m, &a));
    cr_expect_eq(m.ntaken, 1);
    multiset_fini(&m);
}

/* k copies of k, for many k, in a random order. */
Test(multiset, each_hash_is_taken_as_often_as_it_was_added)
{
    enum { KINDS = 300 };
    struct multiset m = MULTISET_INIT;
    unsigned left[KINDS];
    size_t n = 0;

    srand(1);
    for (unsigned k = 0; k < KINDS; k++)
        n += left[k] = k;
    while (n > 0) {
        unsigned k = (unsigned)rand() % KINDS;

        for (; left[k] == 0; k = (k + 1) % KINDS)
            continue;
        struct siphash_hash hash = hash_of(k);
        multiset_add(&m, &hash);
        left[k]--;
        n--;
    }
    multiset_sort(&m);
    for (unsigned k = 0; k < KINDS; k++) {
        struct siphash_hash hash = hash_of(k);
        unsigned taken = 0;

        while (multiset_take(&m, &hash))
            taken++;
        cr_expect_eq(taken, k);
    }
    cr_expect_eq(m.ntaken, m.len);
    multiset_fini(&m);
}

Test(multiset, a_million_equal_hashes_take_no_time)
{
    struct multiset m = MULTISET_INIT;
    struct siphash_hash a = hash_of(7);

    alarm(30);
    for (int i = 0; i < 1000000; i++)
        multiset_add(&m, &a);
    multiset_sort(&m);
    for (int i = 0; i < 1000000; i++)
        cr_assert(multiset_take(&m, &a));
    cr_expect_not(multiset_take(&m, &a));
    multiset_fini(&m);
}
