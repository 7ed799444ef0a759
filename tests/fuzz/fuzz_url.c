/*
 * Any bytes as a URL and as a Location: never a crash, and what is accepted
 * is http or https, parses again, and stays what it is.  It makes no difference
 * whether libcurl's parser does it or ours for plain URLs.
 */
#include <assert.h>
#include <locale.h>
#include <string.h>

#include "base/arena.h"
#include "url/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
compare_with_curl(const char *text, size_t len, struct arena *mem)
{
    struct target a, b;
    struct url_flaw flaw;
    int ret = url_parse(text, len, "https", mem, &a, &flaw);

    assert(url_parse_by_curl(text, len, "https", mem, &b, &flaw) == ret);
    if (ret)
        return;
    assert(strcmp(a.url, b.url) == 0);
    assert(strcmp(a.host, b.host) == 0);
    assert(strcmp(a.key, b.key) == 0);
    assert(a.port == b.port && a.is_tls == b.is_tls);
    assert(a.is_numeric == b.is_numeric);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena mem;
    struct target t, again;
    struct url_flaw flaw;
    char *text;

    arena_init(&mem);
    setlocale(LC_CTYPE, "C.UTF-8");
    if (url_parse((const char *)data, size, "https", &mem, &t, &flaw) == 0) {
        assert(strcmp(t.scheme, "http") == 0 || strcmp(t.scheme, "https") == 0);
        assert(t.port != 0 && t.host[0] != '\0');
        assert(url_parse(t.url, strlen(t.url), "https", &mem, &again, &flaw) ==
               0);
        assert(strcmp(t.key, again.key) == 0);
    }
    compare_with_curl((const char *)data, size, &mem);
    text = arena_strndup(&mem, (const char *)data, size);
    assert(url_parse("http://u:p@h/a/b?c", 18, "https", &mem, &t, &flaw) == 0);
    if (url_follow(&t, text, false, &mem, &again, &flaw) == 0)
        assert(url_is_same_origin(&t, &again) || strstr(text, "u:p@") ||
               !strstr(again.url, "u:p@"));
    arena_reset(&mem);
    return 0;
}
