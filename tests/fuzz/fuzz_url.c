/*
 * Any bytes as a URL and as a Location: never a crash, and what is accepted
 * is http or https, parses again, and stays what it is.
 */
#include <assert.h>
#include <locale.h>
#include <string.h>

#include "base/arena.h"
#include "engine/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
    text = arena_strndup(&mem, (const char *)data, size);
    assert(url_parse("http://u:p@h/a/b?c", 18, "https", &mem, &t, &flaw) == 0);
    if (url_follow(&t, text, &mem, &again, &flaw) == 0)
        assert(url_is_same_origin(&t, &again) || strstr(text, "u:p@") ||
               !strstr(again.url, "u:p@"));
    arena_reset(&mem);
    return 0;
}
