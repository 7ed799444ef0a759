#include "engine/cookie_store.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "base/budgets.h"
#include "base/buf.h"
#include "engine/cookie.h"

#define NOW 1700000000

static struct cookie_place
place(const char *host, const char *path)
{
    return (struct cookie_place){
        .host = host, .host_len = strlen(host), .path = path};
}

static void
set(struct cookie_store *s, const char *host, const char *text)
{
    struct cookie_place from = place(host, "/");
    struct cookie *c = cookie_from_field(text, strlen(text), &from, NOW);

    cr_assert_not_null(c);
    cookie_store_add(s, c, false, NOW);
}

static void
expect_sent(struct cookie_store *s, const char *host, const char *path,
            const char *want)
{
    struct cookie_place to = place(host, path);
    struct buf got = BUF_INIT;

    cookie_store_line(s, &to, NOW, &got);
    buf_addc(&got, '\0');
    cr_expect_str_eq(got.data, want, "%s%s: '%s', not '%s'", host, path,
                     got.data, want);
    buf_fini(&got);
}

/* The number of cookies: the lines of a jar without comments. */
static size_t
count(struct cookie_store *s)
{
    struct buf jar = BUF_INIT;
    size_t n = 0;

    cookie_store_write(s, NOW, &jar);
    for (size_t i = 0; i < jar.len; i++)
        n += jar.data[i] == '\n';
    buf_fini(&jar);
    return n;
}

Test(cookie_store, matching_cookies_are_sent_in_order)
{
    struct cookie_store *s = cookie_store_new();

    set(s, "www.a.test", "first=1");
    set(s, "www.a.test", "wide=2; Domain=a.test");
    set(s, "www.a.test", "deep=3; Path=/x/y");
    set(s, "b.test", "other=4");
    set(s, "www.a.test", "first=5");
    expect_sent(s, "www.a.test", "/", "first=5; wide=2");
    expect_sent(s, "www.a.test", "/x/y/z", "deep=3; first=5; wide=2");
    expect_sent(s, "a.test", "/", "wide=2");
    expect_sent(s, "c.www.a.test", "/", "wide=2");
    expect_sent(s, "b.test", "/", "other=4");
    expect_sent(s, "test", "/", "");
    set(s, "www.a.test", "first=; Max-Age=0");
    expect_sent(s, "www.a.test", "/", "wide=2");
    cr_expect_eq(count(s), 3);
    cookie_store_free(s);
}

Test(cookie_store, a_cookie_set_again_is_not_the_oldest)
{
    struct cookie_store *s = cookie_store_new();
    char text[32];

    set(s, "a.test", "session=1");
    for (int i = 0; i < 10 * COOKIES_PER_DOMAIN; i++) {
        (void)snprintf(text, sizeof(text), "c%d=v; Path=/x", i);
        set(s, "a.test", text);
        if (i % 20 == 0)
            set(s, "a.test", "session=1");
    }
    cr_expect_eq(count(s), COOKIES_PER_DOMAIN);
    expect_sent(s, "a.test", "/", "session=1");
    cookie_store_free(s);
}

Test(cookie_store, domains_with_the_most_cookies_lose_theirs)
{
    struct cookie_store *s = cookie_store_new();
    char host[32], text[32];

    set(s, "small.test", "a=1");
    for (int i = 0; i < 2 * COOKIES_MAX; i++) {
        (void)snprintf(host, sizeof(host), "h%d.test", i % 100);
        (void)snprintf(text, sizeof(text), "c%d=v", i);
        set(s, host, text);
    }
    cr_expect_eq(count(s), COOKIES_MAX);
    expect_sent(s, "small.test", "/", "a=1");
    for (int i = 0; i < 2 * COOKIES_MAX; i++) {
        (void)snprintf(host, sizeof(host), "only%d.test", i);
        set(s, host, "a=1");
    }
    cr_expect_eq(count(s), COOKIES_MAX);
    cookie_store_free(s);
}

Test(cookie_store, a_line_has_an_end)
{
    struct cookie_store *s = cookie_store_new();
    struct cookie_place to = place("a.test", "/");
    struct buf got = BUF_INIT;
    char text[512];

    for (int i = 0; i < COOKIES_PER_DOMAIN; i++) {
        (void)snprintf(text, sizeof(text), "c%d=%0400d", i, i);
        set(s, "a.test", text);
    }
    cookie_store_line(s, &to, NOW, &got);
    cr_expect(got.len <= 8190 && got.len > 7500, "%zu", got.len);
    buf_fini(&got);
    cookie_store_free(s);
}
