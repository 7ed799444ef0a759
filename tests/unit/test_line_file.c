#include <criterion/criterion.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "job/line_file.h"
#include "job/options.h"

static bool
has_colon(const char *line)
{
    return strchr(line, ':') != NULL;
}

/* The valid lines of a text, joined by '|'; or the number of the invalid one.
 */
static const char *
lines_of(struct arena *mem, const char *text)
{
    struct strings lines = {0};
    struct buf joined = BUF_INIT;
    size_t line;
    const char *all;

    if (line_file_parse(text, strlen(text), has_colon, mem, &lines, &line) != 0)
        buf_printf(&joined, "%zu", line);
    else
        for (size_t i = 0; i < lines.n; i++)
            buf_printf(&joined, "%s%s", i ? "|" : "", lines.v[i]);
    buf_add(&joined, "", 1);
    all = arena_strdup(mem, joined.data);
    buf_fini(&joined);
    return all;
}

Test(line_file, empty_lines_and_comments_are_skipped)
{
    static const struct {
        const char *text, *want;
    } table[] = {
        {"", ""},
        {"\n\r\n \t\n", ""},
        {"A: 1\r\n\r\nB: 2", "A: 1|B: 2"},
        {"\xef\xbb\xbf# no header\nA: 1\n", "A: 1"},
        {" \t# A: 1\n#\nB: #2\n", "B: #2"},
        {"A: 1\n\n# B\nC\n", "4"},
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        struct arena *mem = arena_new();
        const char *got = lines_of(mem, table[i].text);

        cr_expect_str_eq(got, table[i].want, "%s", table[i].text);
        arena_free(mem);
    }
}
