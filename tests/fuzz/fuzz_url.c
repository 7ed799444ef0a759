/*
 * Any bytes as a URL and as a Location: never a crash, and what is accepted
 * is http or https, parses again, and stays what it is.
 */
#include "fuzz.h"

#include <string.h>

#include "base/arena.h"
#include "url/url.h"

/* A URL that was written must be written the same again, however it is read. */
static void
expect_same(const struct target *t, struct arena *mem)
{
    static const char url[] = "http://other/a/b?c";
    struct target again, base;
    struct url_flaw flaw;

    check(strcmp(t->scheme, "http") == 0 || strcmp(t->scheme, "https") == 0);
    check(t->port != 0 && t->host[0] != '\0');
    for (const char *p = t->url; *p; p++)
        check(*p > ' ' && *p < 0x7f && *p != '#');
    if (strstr(t->url, "://***"))
        return; /* only a server may say that */
    check(url_parse(t->url, strlen(t->url), "https", mem, &again, &flaw) == 0);
    check(strcmp(t->url, again.url) == 0 && strcmp(t->key, again.key) == 0);
    check(strcmp(t->path, again.path) == 0 && t->path[0] == '/');
    check(t->is_numeric == again.is_numeric);
    check(url_parse(url, strlen(url), "https", mem, &base, &flaw) == 0);
    check(url_follow(&base, t->url, true, mem, &again, &flaw) == 0);
    check(strcmp(t->url, again.url) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena mem;
    struct target t, again;
    struct url_flaw flaw;
    char *text;

    arena_init(&mem);
    if (url_parse((const char *)data, size, "https", &mem, &t, &flaw) == 0)
        expect_same(&t, &mem);
    text = arena_strndup(&mem, (const char *)data, size);
    check(url_parse("http://u:p@h/a/b?c", 18, "https", &mem, &t, &flaw) == 0);
    if (url_follow(&t, text, false, &mem, &again, &flaw) == 0) {
        expect_same(&again, &mem);
        check(url_is_same_origin(&t, &again) || strstr(text, "u:p@") ||
              !strstr(again.url, "u:p@"));
    }
    arena_reset(&mem);
    return 0;
}
