#include "base/siphash.h"

#include <criterion/criterion.h>

/* Hashes of the reference implementation: key 00 01 .. 0f, text 00 01 .. */
Test(siphash, hashes_as_the_reference_does)
{
    static const struct {
        size_t len;
        uint64_t first, second;
    } rows[] = {
        {0, UINT64_C(0xe6a825ba047f81a3), UINT64_C(0x930255c71472f66d)},
        {1, UINT64_C(0x44af996bd8c187da), UINT64_C(0x45fc229b11597634)},
        {7, UINT64_C(0x53c1dbd8beebf1a1), UINT64_C(0x3982f01fa64ab8c0)},
        {8, UINT64_C(0x61f55862baa9623b), UINT64_C(0xb49714f364e2830f)},
        {15, UINT64_C(0x11a8b03399e99354), UINT64_C(0xd9c3cf970fec087e)},
        {16, UINT64_C(0xbb54b067caa4e26e), UINT64_C(0x77052385bf1533fd)},
        {63, UINT64_C(0x4a83502f77d15051), UINT64_C(0x7cbd3f979a063e50)},
    };
    const struct siphash_key key = {
        {UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)}};
    unsigned char text[64];

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (unsigned char)i;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct siphash_hash hash = siphash_hash(&key, text, rows[i].len);

        cr_expect_eq(hash.word[0], rows[i].first, "%zu", rows[i].len);
        cr_expect_eq(hash.word[1], rows[i].second, "%zu", rows[i].len);
    }
}

Test(siphash, keys_differ)
{
    struct siphash_key a = siphash_key_new(), b = siphash_key_new();

    cr_expect(a.word[0] != b.word[0] || a.word[1] != b.word[1]);
}
