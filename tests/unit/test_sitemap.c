#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>

#include "input/sitemap.h"

/* All entries of a text that comes in pieces, joined; flaws as "!why". */
static void
collect(const char *text, size_t len, size_t piece, char *out, size_t size)
{
    struct sitemap *s = sitemap_new();
    struct sitemap_entry e;

    out[0] = '\0';
    for (;;) {
        enum sitemap_status status = sitemap_next(s, &e);
        size_t used = strlen(out), space;
        char *to;

        if (status == SITEMAP_END)
            break;
        if (status == SITEMAP_RECORD)
            snprintf(out + used, size - used, "%u%s%.*s;", (unsigned)e.line,
                     e.flaw ? "!" : ":", (int)(e.flaw ? strlen(e.flaw) : e.len),
                     e.flaw ? e.flaw : e.text);
        if (status != SITEMAP_MORE)
            continue;
        to = sitemap_space(s, &space);
        cr_assert_gt(space, 0);
        if (len == 0) {
            sitemap_end(s);
            continue;
        }
        if (piece < space)
            space = piece;
        if (len < space)
            space = len;
        memcpy(to, text, space);
        sitemap_filled(s, space);
        text += space;
        len -= space;
    }
    sitemap_free(s);
}

Test(sitemap, pieces_of_any_size_give_the_same_entries)
{
    static const char text[] =
        "\n <?xml version='1.0'?>\n<urlset>\n"
        "<url><loc>\nhttp://h/?a&amp;b&#252;\n</loc></url>\n"
        "<url><x><loc>no</loc></x><lastmod>2026</lastmod></url></urlset>";
    static const char want[] =
        "3:{\"url\":\"http://h/?a&b\xc3\xbc\"};"
        "6:{\"url\":\"\",\"meta\":{\"lastmod\":\"2026\"}};";
    char got[1000];

    for (size_t piece = 1; piece < sizeof(text); piece++) {
        collect(text, sizeof(text) - 1, piece, got, sizeof(got));
        cr_expect_str_eq(got, want, "%zu: %s", piece, got);
    }
}

Test(sitemap, an_invalid_sitemap_says_why_once)
{
    static const char *const texts[] = {
        "",
        "x",
        "<html/>",
        "<urlset>",
        "<urlset><url></urlset>",
        "\x1f\x8b",
        "\x1f\x8bx",
        "<!DOCTYPE urlset [<!ENTITY a 'b'>]><urlset/>",
    };
    char got[1000];

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        collect(texts[i], strlen(texts[i]), 1, got, sizeof(got));
        cr_expect(strchr(got, '!') && strchr(got, ';') == got + strlen(got) - 1,
                  "%s: %s", texts[i], got);
    }
}
