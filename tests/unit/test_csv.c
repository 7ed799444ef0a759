#include "base/arena.h"
#include "base/buf.h"
#include "input/csv.h"

#include <string.h>

#include <criterion/criterion.h>

/* A string that may hold NULs, and its length. */
#define TEXT(s) s, sizeof(s) - 1

static struct arena mem;

static void
start(void)
{
    arena_init(&mem);
}

static void
stop(void)
{
    arena_reset(&mem);
}

TestSuite(csv, .init = start, .fini = stop);

static const struct {
    const char *text;
    size_t len;
    enum csv_scan found;
    size_t at;
} scans[] = {
    {TEXT("a,b\nc"), CSV_END, 3},
    {TEXT("\n"), CSV_END, 0},
    {TEXT("a,b"), CSV_MORE, 3},
    {TEXT("\"a\nb\",c\n"), CSV_END, 7},
    {TEXT("\"a\"\"\n\"\r\n"), CSV_END, 7},
    {TEXT("\"\",\"\"\n"), CSV_END, 5},
    {TEXT("\"\"\"\"\n"), CSV_END, 4},
    {TEXT("\"a\n"), CSV_MORE, 3},
    {TEXT("a\"b\n"), CSV_STRAY, 1},
    {TEXT("a, \"b\"\n"), CSV_STRAY, 3},
    {TEXT("\"a\"b\n"), CSV_STRAY, 3},
    {TEXT("\"a\" ,b\n"), CSV_STRAY, 3},
    {TEXT("\"a\"\rb\n"), CSV_STRAY, 3},
    {TEXT("\"a\"\r"), CSV_MORE, 3},
    {TEXT("a\tb\n"), CSV_END, 3},
};

Test(csv, a_record_ends_at_a_newline_outside_of_quotes)
{
    for (size_t i = 0; i < ARRAY_LEN(scans); i++) {
        enum csv_state state = CSV_START;
        size_t at = 0;
        enum csv_scan found =
            csv_scan(scans[i].text, scans[i].len, ',', &state, &at);

        cr_expect_eq(found, scans[i].found, "%s: %d", scans[i].text, found);
        cr_expect_eq(at, scans[i].at, "%s: at %zu", scans[i].text, at);
    }
}

Test(csv, a_scan_in_pieces_finds_the_same)
{
    for (size_t i = 0; i < ARRAY_LEN(scans); i++) {
        enum csv_state state = CSV_START;
        enum csv_scan found = CSV_MORE;
        size_t at = 0;

        for (size_t len = 1; len <= scans[i].len && found == CSV_MORE; len++)
            found = csv_scan(scans[i].text, len, ',', &state, &at);
        cr_expect_eq(found, scans[i].found, "%s: %d", scans[i].text, found);
        cr_expect_eq(at, scans[i].at, "%s: at %zu", scans[i].text, at);
    }
}

/* The fields, each in brackets. */
static void
list_fields(const char *record, char separator, struct buf *out)
{
    struct csv_walk walk;
    struct span field;

    buf_clear(out);
    csv_walk_init(&walk, (struct span){record, strlen(record)}, separator);
    while (csv_walk_field(&walk, &mem, &field)) {
        buf_addc(out, '[');
        buf_add(out, field.p, field.len);
        buf_addc(out, ']');
    }
    buf_addc(out, '\0');
}

Test(csv, fields_are_separated_and_unquoted)
{
    static const struct {
        char separator;
        const char *record, *fields;
    } rows[] = {
        {',', "a,b,c", "[a][b][c]"},
        {',', "", "[]"},
        {',', ",", "[][]"},
        {',', "a,", "[a][]"},
        {',', " a , b ", "[ a ][ b ]"},
        {',', "\"a,b\",c", "[a,b][c]"},
        {',', "\"a\"\"b\",\"\"\"\"", "[a\"b][\"]"},
        {',', "\"\",\"x\ny\"", "[][x\ny]"},
        {',', "a\tb,c", "[a\tb][c]"},
        {'\t', "a,b\t\"c\td\"", "[a,b][c\td]"},
    };
    struct buf out = BUF_INIT;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        list_fields(rows[i].record, rows[i].separator, &out);
        cr_expect_str_eq(out.data, rows[i].fields, "%s", rows[i].record);
    }
    buf_fini(&out);
}

static struct csv_head *
read_head(const char *record, struct buf *why)
{
    return csv_head_new((struct span){record, strlen(record)}, ',', why);
}

Test(csv, a_header_row_gives_columns_their_roles)
{
    static const struct {
        enum csv_role role;
        const char *key;
    } want[] = {
        {CSV_META, "\"a \\\"b\\\"\""},
        {CSV_URL, "\"url\""},
        {CSV_ID, "\"id\""},
        {CSV_METHOD, "\"method\""},
        {CSV_BODY, "\"body\""},
        {CSV_META, "\"URL\""},
        {CSV_META, "\"\""},
    };
    struct buf why = BUF_INIT;
    struct csv_head *h =
        read_head("\"a \"\"b\"\"\", url ,id,method,\"body\",URL,", &why);

    cr_assert(h);
    cr_assert_eq(csv_head_ncolumns(h), ARRAY_LEN(want));
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        const struct csv_column *c = csv_head_column(h, i);

        cr_expect_eq(c->role, want[i].role, "%zu", i);
        cr_expect_str_eq(c->key, want[i].key);
        cr_expect_eq(c->key_len, strlen(want[i].key));
    }
    csv_head_free(h);
    buf_fini(&why);
}

Test(csv, a_header_row_needs_one_url_and_no_name_twice)
{
    static const struct {
        const char *record, *why;
    } rows[] = {
        {"id,URL", "the header row has no column 'url'"},
        {"", "the header row has no column 'url'"},
        {"url,id,url", "the header row has column \"url\" twice"},
        {"url,a,b, a", "the header row has column \"a\" twice"},
        {"url,,", "the header row has column \"\" twice"},
    };
    struct buf why = BUF_INIT;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        cr_expect_null(read_head(rows[i].record, &why));
        cr_expect_str_eq(why.data, rows[i].why);
    }
    buf_fini(&why);
}
