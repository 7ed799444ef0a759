/*
 * fuzz_cookie.c - cookies: each line of the input is a Set-Cookie, and a line
 * of a jar.
 *
 * A cookie stays the same when it is written and read again.  The header sent
 * has no control characters and no more bytes than one line may have.
 */
#include "fuzz.h"

#include <string.h>

#include "base/budgets.h"
#include "base/buf.h"
#include "engine/cookie.h"
#include "engine/cookie_store.h"

#define NOW 1700000000

static const struct cookie_place place = {
    .host = "www.example.com",
    .host_len = 15,
    .path = "/a/b?c",
    .is_secure = true,
};

static void
check_again(const struct cookie *c)
{
    struct buf line = BUF_INIT, again = BUF_INIT;
    struct cookie *copy;

    cookie_write_line(c, &line);
    check(memchr(line.data, '\n', line.len) == line.data + line.len - 1);
    copy = cookie_from_line(line.data, line.len);
    if (copy) {
        cookie_write_line(copy, &again);
        check(line.len == again.len &&
              memcmp(line.data, again.data, line.len) == 0);
        cookie_free(copy);
    }
    buf_fini(&line);
    buf_fini(&again);
}

static void
add(struct cookie_store *s, struct cookie *c)
{
    if (!c)
        return;
    /* A Set-Cookie in a file that tells no host is not kept. */
    if (c->domain_len == 0) {
        cookie_free(c);
        return;
    }
    check_again(c);
    cookie_store_add(s, c, place.is_secure, NOW);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *end = text + size;
    struct cookie_store *s = cookie_store_new();
    struct buf out = BUF_INIT;
    size_t nlines = 0;

    while (text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        size_t len = (size_t)((newline ? newline : end) - text);

        add(s, cookie_from_field(text, len, &place, NOW));
        add(s, cookie_from_field(text, len, NULL, NOW));
        add(s, cookie_from_line(text, len));
        text += len + (newline != NULL);
    }
    cookie_store_line(s, &place, NOW, &out);
    check(out.len < 8192);
    for (size_t i = 0; i < out.len; i++)
        check((unsigned char)out.data[i] >= ' ');
    buf_clear(&out);
    cookie_store_write(s, NOW, &out);
    for (size_t i = 0; i < out.len; i++)
        nlines += out.data[i] == '\n';
    check(nlines <= COOKIES_MAX);
    buf_fini(&out);
    cookie_store_free(s);
    return 0;
}
