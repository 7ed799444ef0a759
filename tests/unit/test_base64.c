#include "base/base64.h"

#include <string.h>

#include <criterion/criterion.h>

Test(base64, the_vectors_of_the_rfc_are_decoded)
{
    static const struct {
        const char *text, *bytes;
    } rows[] = {
        {"", ""},
        {"Zg==", "f"},
        {"Zm8=", "fo"},
        {"Zm9v", "foo"},
        {"Zm9vYg==", "foob"},
        {"Zm9vYmE=", "fooba"},
        {"Zm9vYmFy", "foobar"},
        {"+/+/", "\xfb\xff\xbf"},
        {"/w==", "\xff"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char out[16];
        ptrdiff_t n = base64_decode(rows[i].text, strlen(rows[i].text), out);

        cr_assert_eq(n, (ptrdiff_t)strlen(rows[i].bytes), "%s", rows[i].text);
        cr_expect_arr_eq(out, rows[i].bytes, (size_t)n, "%s", rows[i].text);
    }
}

Test(base64, every_byte_comes_back)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";

    for (int n = 0; n < 256 * 256; n++) {
        char text[4] = {digits[n >> 10], digits[n >> 4 & 63],
                        digits[n << 2 & 63], '='};
        unsigned char out[3];

        cr_assert_eq(base64_decode(text, 4, out), 2);
        cr_assert_eq(out[0] << 8 | out[1], n);
    }
}

Test(base64, invalid_text_is_refused)
{
    static const char *const rows[] = {
        "Z",      "Zg",    "Zg=",      "Zg===",    "Z===",       "====",
        "=",      "Zm9v=", "Zm9v====", "Zg==Zg==", "Zm8=Zm8=",   "Zm9 v",
        "Zm9v\n", " Zm9v", "Zm9v    ", "Zm9-",     "Zm9_",       "Zm9.",
        "Zm=9",   "=m9v",  "Zh==",     "Zm9=",     "Z\xc3\xa9=", "@@@@",
        "[[[[",   "````",  "{{{{",     "::::",     "Zg=A",
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char out[16];

        cr_expect_eq(base64_decode(rows[i], strlen(rows[i]), out), -1, "'%s'",
                     rows[i]);
    }
}

Test(base64, padding_must_match_the_length)
{
    char out[8];

    cr_expect_eq(base64_decode("Zm9\0", 4, out), -1);
    for (size_t len = 5; len < 8; len++)
        cr_expect_eq(base64_decode("Zm9vYmFy", len, out), -1, "%zu", len);
    cr_expect_eq(base64_decode("Zm9v\0\0\0\0", 8, out), -1);
}
