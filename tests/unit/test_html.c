#include "base/buf.h"
#include "report/html.h"

#include <criterion/criterion.h>

#include <jansson.h>

#include <string.h>

static struct buf text;

static void
tear_down(void)
{
    buf_fini(&text);
}

TestSuite(html, .fini = tear_down);

static void
expect_text(const char *s, const char *want)
{
    buf_clear(&text);
    html_text(&text, s);
    buf_addc(&text, '\0');
    cr_expect_str_eq(text.data, want);
}

Test(html, text_can_begin_no_element_and_end_no_attribute)
{
    expect_text("<a href=\"x\" b='y'>&amp;",
                "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
    expect_text("plain", "plain");
    expect_text("", "");
}

Test(html, bytes_that_are_not_text_are_escaped)
{
    expect_text("ab\n\x1b", "ab\\n\\u001b");
    expect_text("\xe2\x80\xae", "\\u202e");
    expect_text("\xff\xc3", "\xef\xbf\xbd\xef\xbf\xbd");
    expect_text("\xc3\xa4\xf0\x9f\x98\x80", "\xc3\xa4\xf0\x9f\x98\x80");
}

Test(html, json_in_a_script_stays_the_same_and_cannot_end_it)
{
    static const char json[] = "{\"</script><!--\":\"&<>\",\"n\":[1,null]}";
    json_t *got, *want;

    html_json(&text, json, strlen(json));
    cr_expect_null(memchr(text.data, '<', text.len));
    cr_expect_null(memchr(text.data, '>', text.len));
    cr_expect_null(memchr(text.data, '&', text.len));
    got = json_loadb(text.data, text.len, 0, NULL);
    want = json_loads(json, 0, NULL);
    cr_assert(got && want);
    cr_expect(json_equal(got, want));
    json_decref(got);
    json_decref(want);
}
