#include "cli/help.h"

#include "base/buf.h"
#include "cli/table.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The help on a topic as a string; NULL where there is none. */
static char *
help_on(const char *topic)
{
    struct buf text = BUF_INIT;

    if (help_write(&text, topic) != 0) {
        cr_expect_eq(text.len, 0);
        buf_fini(&text);
        return NULL;
    }
    buf_addc(&text, '\0');
    return text.data;
}

/* The man page, from the project's folder. */
static char *
man_page(void)
{
    FILE *file = fopen("man/fanfetch.1", "r");
    struct buf text = BUF_INIT;
    size_t n;

    cr_assert_not_null(file, "run me where man/fanfetch.1 is");
    while ((n = fread(buf_reserve(&text, BUFSIZ), 1, BUFSIZ, file)) > 0)
        text.len += n;
    fclose(file);
    buf_addc(&text, '\0');
    return text.data;
}

/* Does text have the option's name, and not just as another's beginning? */
static bool
mentions(const char *text, const char *dashes, const char *name)
{
    char word[64];
    size_t len = (size_t)snprintf(word, sizeof(word), "%s%s", dashes, name);

    for (const char *s = text; (s = strstr(s, word)); s += len) {
        if (strspn(s + len, "abcdefghijklmnopqrstuvwxyz0123456789-") == 0 &&
            strspn(s + len, ".0123456789") < 2)
            return true;
    }
    return false;
}

Test(help, help_lists_every_option)
{
    char *all = help_on("all");

    for (size_t i = 0; i < table_nrows; i++)
        cr_expect(mentions(all, "--", table_rows[i].name), "%s",
                  table_rows[i].name);
    free(all);
}

Test(help, the_man_page_has_every_option)
{
    char *man = man_page();

    for (size_t i = 0; i < table_nrows; i++) {
        const struct opt_row *row = &table_rows[i];

        cr_expect(mentions(man, "It Fl -", row->name) ||
                      (row->letter && mentions(man, ", Fl -", row->name)),
                  "%s", row->name);
    }
    free(man);
}

Test(help, the_man_page_has_every_letter_beside_its_name)
{
    char *man = man_page();

    for (size_t i = 0; i < table_nrows; i++) {
        const struct opt_row *row = &table_rows[i];
        char item[96];

        if (row->letter == 0)
            continue;
        snprintf(item, sizeof(item), ".It Fl %c , Fl -%s", row->letter,
                 row->name);
        cr_expect_not_null(strstr(man, item), "%s", item);
    }
    free(man);
}

Test(help, the_short_help_fits_a_screen)
{
    char *text = help_on(NULL);
    size_t nlines = 0;

    for (const char *s = text; *s; s++)
        nlines += *s == '\n';
    cr_expect_leq(nlines, 23, "%zu lines, and the prompt", nlines);
    free(text);
}

Test(help, no_line_is_wider_than_a_terminal)
{
    static const char *const topics[] = {NULL, "all", "connector"};

    for (size_t i = 0; i < ARRAY_LEN(topics); i++) {
        char *text = help_on(topics[i]);

        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
            size_t len = strlen(line);

            cr_expect_leq(len, 79, "%s", line);
            cr_expect_neq(line[len - 1], ' ', "%s", line);
        }
        free(text);
    }
    for (size_t i = 0; i < table_nrows; i++) {
        char *text = help_on(table_rows[i].name);
        char *line = text ? strtok(text, "\n") : NULL;

        for (; line; line = strtok(NULL, "\n"))
            cr_expect_leq(strlen(line), 79, "%s", line);
        free(text);
    }
}

Test(help, an_option_is_explained_by_any_of_its_names)
{
    static const char *const topics[] = {"timeout", "--timeout", "m", "-m"};

    for (size_t i = 0; i < ARRAY_LEN(topics); i++) {
        char *text = help_on(topics[i]);

        cr_assert_not_null(text, "%s", topics[i]);
        cr_expect_eq(strncmp(text, "-m, --timeout D\n", 16), 0, "%s", text);
        cr_expect_not_null(strstr(text, "Value: 0, or 1ms to 240h\n"));
        cr_expect_not_null(strstr(text, "Default: 300s\n"));
        free(text);
    }
}

Test(help, every_option_has_a_page)
{
    for (size_t i = 0; i < table_nrows; i++) {
        char *text = help_on(table_rows[i].name);

        cr_expect_not_null(text, "%s", table_rows[i].name);
        free(text);
    }
}

Test(help, a_section_is_a_topic)
{
    char *text = help_on("timeouts");

    cr_assert_not_null(text);
    cr_expect(mentions(text, "--", "grace"));
    cr_expect_not(mentions(text, "--", "limit"));
    free(text);
}

Test(help, every_section_is_a_topic)
{
    for (int i = 0; i < NSECTIONS; i++) {
        const char *name = table_section_name((enum opt_section)i);
        char *text = help_on(name);

        cr_expect_not_null(text, "%s", name);
        free(text);
    }
}

Test(help, anything_else_is_no_topic)
{
    static const char *const topics[] = {"", "-", "elephant", "--", "limi"};

    for (size_t i = 0; i < ARRAY_LEN(topics); i++)
        cr_expect_null(help_on(topics[i]), "'%s'", topics[i]);
}

Test(help, the_table_has_six_columns_for_completion_scripts)
{
    char *text = help_on("table");
    size_t nrows = 0;

    cr_assert_not_null(
        strstr(text, "body\t\t=FORM\twords\tauto text base64 json\t"));
    cr_assert_not_null(strstr(text, "insecure\tk\t\t\t\t"));
    for (const char *s = text; *s; s++, nrows++) {
        size_t ntabs = 0;

        for (; *s != '\n'; s++)
            ntabs += *s == '\t';
        cr_expect_eq(ntabs, 5);
    }
    cr_expect_eq(nrows, table_nrows);
    free(text);
}

Test(help, a_suggestion_is_near)
{
    static const struct {
        const char *given, *meant;
    } cases[] = {
        {"limit", "limit"},
        {"lmit", "limit"},
        {"ilmit", "limit"},
        {"kye", "key"},
        {"limits", "limit"},
        {"concurency", "concurrency"},
        {"heder", "header"},
        {"limit_per_host", "limit-per-host"},
        {"keep-alive-timeout", "keepalive-timeout"},
        {"xyzzy", NULL},
        {"", NULL},
        {"a", NULL},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *near = table_suggest(cases[i].given);

        if (!cases[i].meant) {
            cr_expect_null(near, "%s: %s", cases[i].given, near);
            continue;
        }
        cr_assert_not_null(near, "%s", cases[i].given);
        cr_expect_str_eq(near, cases[i].meant, "%s: %s", cases[i].given, near);
    }
}
