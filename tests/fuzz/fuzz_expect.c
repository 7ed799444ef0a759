/*
 * fuzz_expect.c - expressions of a list, and the bodies that they are looked
 * for in: none takes long, and no byte beyond the body is read.
 *
 * The first line of the input is the expression, the rest the body.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "body/expect.h"

static void
match(const struct expect *e, const void *body, size_t len)
{
    char *copy = malloc(len ? len : 1);
    char why[EXPECT_TEXT] = "";

    check(copy != NULL);
    memcpy(copy, body, len);
    if (expect_match(e, copy, len, why) == EXPECT_GAVE_UP)
        check(why[0] != '\0');
    free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *newline = size ? memchr(data, '\n', size) : NULL;
    struct expect_flaw flaw = {0};
    struct expect *e;
    size_t len;
    char *regex;

    if (!newline)
        return 0;
    len = (size_t)(newline - data);
    regex = malloc(len + 1);
    check(regex != NULL);
    memcpy(regex, data, len);
    regex[len] = '\0';
    e = expect_new(regex, len, &flaw);
    check(e || (flaw.what[0] != '\0' && flaw.at <= len));
    if (e)
        match(e, newline + 1, size - len - 1);
    expect_free(e);
    free(regex);
    return 0;
}
