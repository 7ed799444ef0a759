#include "cli/help.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/nearest.h"
#include "body/name_template.h"
#include "cli/foreign.h"
#include "cli/guess.h"
#include "cli/table.h"

#define WIDTH  79 /* of a line */
#define COLUMN 32 /* where texts start in lists */

/* Append text, wrapped at spaces; further lines start at indent. */
static void
add_wrapped(struct buf *out, const char *text, size_t at, size_t indent)
{
    while (*text) {
        size_t len = strcspn(text, " ");

        if (at + len > WIDTH && at > indent) {
            while (out->data[out->len - 1] == ' ')
                out->len--;
            buf_printf(out, "\n%*s", (int)indent, "");
            at = indent;
        }
        buf_add(out, text, len);
        at += len;
        text += len;
        for (; *text == ' '; text++, at++)
            buf_addc(out, ' ');
    }
}

/* Append "-m, --timeout D".  Returns its length. */
static size_t
add_names(struct buf *out, const struct opt_row *row)
{
    size_t start = out->len;

    if (row->letter)
        buf_printf(out, "-%c, ", row->letter);
    else
        buf_addstr(out, "    ");
    buf_printf(out, "--%s", row->name);
    if (row->arg)
        buf_printf(out, row->is_optional ? "[=%s]" : " %s", row->arg);
    return out->len - start;
}

/* Is the default worth showing? 0 is not. */
static bool
has_default(const struct opt_row *row)
{
    return row->initial && strcmp(row->initial, "0") != 0;
}

/* Append an option's line of a list. */
static void
add_line(struct buf *out, const struct opt_row *row)
{
    size_t at = 2;
    struct buf text = BUF_INIT;

    buf_addstr(out, "  ");
    at += add_names(out, row);
    if (at + 1 >= COLUMN) {
        buf_addc(out, '\n');
        at = 0;
    }
    buf_printf(out, "%*s", (int)(COLUMN - at), "");
    buf_addstr(&text, row->help);
    if (has_default(row))
        buf_printf(&text, " (%s)", row->initial);
    buf_addc(&text, '\0');
    add_wrapped(out, text.data, COLUMN, COLUMN);
    buf_fini(&text);
    buf_addc(out, '\n');
}

/* Append a section's heading and options, or nothing if it has none to show. */
static void
add_section(struct buf *out, enum opt_section section)
{
    bool has_heading = false;

    for (size_t i = 0; i < table_nrows; i++) {
        const struct opt_row *row = &table_rows[i];

        if (row->section != section)
            continue;
        if (!has_heading)
            buf_printf(out, "%s:\n", table_section_name(section));
        has_heading = true;
        add_line(out, row);
    }
}

static void
add_usage(struct buf *out)
{
    buf_addstr(out,
               "Usage: fanfetch [OPTION]... [URL|FILE|-]...\n"
               "Fetch URLs concurrently, print one JSON line for each.\n"
               "An operand with :// is a URL, any other a file of URLs; - or "
               "none is stdin.\n\n");
}

/* Append the common options, which fit on a screen of 24 lines. */
static void
add_screen(struct buf *out)
{
    add_usage(out);
    for (size_t i = 0; i < table_nrows; i++) {
        if (table_rows[i].is_common)
            add_line(out, &table_rows[i]);
    }
    buf_addstr(out,
               "\nD is 300ms, 10s, 5m or 1h; RATE is 5/s, 100/m or 1000/h; "
               "(...) is the default.\nMore: --help all, --help OPTION, man "
               "fanfetch.\n");
}

static void
add_all(struct buf *out)
{
    add_usage(out);
    for (int i = 0; i < NSECTIONS; i++)
        add_section(out, (enum opt_section)i);
    buf_addstr(out,
               "\nD is a duration: 300ms, 10 or 10s, 5m, 1h.  SIZE is 512, "
               "64k, 10M or 1G.\nRATE is 5 or 5/s, 100/m or 1000/h.  Defaults "
               "are in parentheses.\n");
}

/* Can its value be any text? */
static bool
takes_any_value(enum opt_kind kind)
{
    switch (kind) {
    case OPT_DATA:
    case OPT_DATA_BINARY:
    case OPT_DATA_RAW:
    case OPT_DATA_URLENCODE:
    case OPT_JSON:
    case OPT_FORM:
    case OPT_FORM_STRING:
    case OPT_HELP:
        return true;
    default:
        return false;
    }
}

/* Append everything about one option. */
static void
add_option(struct buf *out, const struct opt_row *row)
{
    bool has_range = row->arg && !takes_any_value(row->kind);

    if (row->letter)
        buf_printf(out, "-%c, ", row->letter);
    buf_printf(out, "--%s", row->name);
    if (row->arg)
        buf_printf(out, row->is_optional ? "[=%s]" : " %s", row->arg);
    buf_addstr(out, "\n    ");
    add_wrapped(out, row->help, 4, 4);
    buf_addc(out, '\n');
    if (row->more) {
        buf_addstr(out, "    ");
        add_wrapped(out, row->more, 4, 4);
        buf_addc(out, '\n');
    }
    if (has_range) {
        struct buf range = BUF_INIT;

        buf_addstr(&range, "Value: ");
        table_describe_value(&range, row);
        buf_addc(&range, '\0');
        buf_addstr(out, "    ");
        add_wrapped(out, range.data, 4, 4);
        buf_addc(out, '\n');
        buf_fini(&range);
    }
    if (row->initial)
        buf_printf(out, "    Default: %s\n", row->initial);
}

/* ---- what completion scripts are made from ---- */

/* How a value is completed. */
static const char *
value_kind(const struct opt_row *row)
{
    if (row->completes)
        return row->completes;
    switch (row->kind) {
    case OPT_HELP:
        return "topic";
    case OPT_LIST:
        return "keys";
    case OPT_HEADER:
    case OPT_TOKEN:
    case OPT_DATA:
    case OPT_DATA_BINARY:
    case OPT_DATA_URLENCODE:
    case OPT_JSON:
    case OPT_FORM:
        return "@file";
    default:
        break;
    }
    if (!row->arg || row->words)
        return row->words ? "words" : "";
    if (strncmp(row->arg, "DIR", 3) == 0)
        return "dir";
    return guess_is_path(row) ? "file" : "other";
}

/* Append the topics other than names of options, with blanks as "-". */
static void
add_topics(struct buf *out)
{
    buf_addstr(out, "all schema keys");
    for (int i = 0; i < NSECTIONS; i++) {
        buf_addc(out, ' ');
        for (const char *s = table_section_name((enum opt_section)i); *s; s++)
            buf_addc(out, *s == ' ' ? '-' : (char)tolower((unsigned char)*s));
    }
}

/* Append the words that are valid values, or valid between braces. */
static void
add_words(struct buf *out, const struct opt_row *row)
{
    const char *between = "", *word;

    if (row->kind == OPT_HELP)
        add_topics(out);
    for (const struct opt_word *w = row->words; w && w->name; w++) {
        buf_printf(out, "%s%s", between, w->name);
        between = " ";
    }
    for (size_t i = 0;
         row->is_valid == template_is_valid && (word = template_word(i)); i++) {
        buf_printf(out, "%s%s", between, word);
        between = " ";
    }
}

/* Append one line per option: name, letter, value, completion, words, help. */
static void
add_table(struct buf *out)
{
    for (size_t i = 0; i < table_nrows; i++) {
        const struct opt_row *row = &table_rows[i];

        buf_printf(out, "%s\t", row->name);
        if (row->letter)
            buf_addc(out, row->letter);
        buf_printf(out, "\t%s%s\t%s\t", row->is_optional ? "=" : "",
                   row->arg ? row->arg : "", value_kind(row));
        add_words(out, row);
        buf_printf(out, "\t%s\n", row->help);
    }
}

/* ---- topics ---- */

/* The row that a topic names: "limit", "--limit", "m" or "-m"; or NULL. */
static const struct opt_row *
find_option(const char *topic)
{
    const char *name = topic + strspn(topic, "-");
    const struct opt_row *row = table_find(name);

    if (!row && strlen(name) == 1)
        row = table_find_letter(*name);
    return row;
}

/* The other tools' name or letter that a topic names; or NULL. */
static const struct alias *
find_alias(const char *topic)
{
    const char *name = topic + strspn(topic, "-");
    const struct alias *alias = foreign_alias(name);

    return alias || strlen(name) != 1 ? alias : foreign_alias_letter(*name);
}

static void
add_alias(struct buf *out, const struct alias *alias)
{
    if (alias->to && alias->value != foreign_default)
        add_option(out, table_find(alias->to));
    else
        buf_printf(out,
                   "--%s\n    no effect: it asks for what is done anyway\n",
                   alias->name);
}

/* Is the topic this section's name, ignoring case and with blanks or "-"? */
static bool
is_section(const char *topic, const char *name)
{
    for (; *name; topic++, name++) {
        if (tolower((unsigned char)*topic) != tolower((unsigned char)*name) &&
            !(*topic == '-' && *name == ' '))
            return false;
    }
    return *topic == '\0';
}

const char *
help_suggest(const char *topic)
{
    static const char *const words[] = {"all", "schema", "keys"};
    struct nearest near;

    nearest_init(&near, topic, strlen(topic));
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        nearest_try(&near, words[i], strlen(words[i]));
    for (int i = 0; i < NSECTIONS; i++) {
        const char *name = table_section_name((enum opt_section)i);

        nearest_try(&near, name, strlen(name));
    }
    for (size_t i = 0; i < table_nrows; i++)
        nearest_try(&near, table_rows[i].name, strlen(table_rows[i].name));
    return near.found;
}

int
help_write(struct buf *out, const char *topic)
{
    const struct opt_row *row;
    const struct alias *alias;

    if (!topic) {
        add_screen(out);
        return 0;
    }
    if (strcmp(topic, "all") == 0) {
        add_all(out);
        return 0;
    }
    if (strcmp(topic, "table") == 0) {
        add_table(out);
        return 0;
    }
    row = find_option(topic);
    if (row) {
        add_option(out, row);
        return 0;
    }
    alias = find_alias(topic);
    if (alias) {
        add_alias(out, alias);
        return 0;
    }
    for (int i = 0; i < NSECTIONS; i++) {
        size_t before = out->len;

        if (!is_section(topic, table_section_name((enum opt_section)i)))
            continue;
        add_section(out, (enum opt_section)i);
        return out->len > before ? 0 : -1;
    }
    return -1;
}

enum help_status
help_put(struct buf *text)
{
    bool is_written = fwrite(text->data, 1, text->len, stdout) == text->len &&
                      fflush(stdout) == 0;

    if (!is_written)
        diag_error("standard output: %s", strerror(errno));
    buf_fini(text);
    return is_written ? HELP_OK : HELP_NOT_WRITTEN;
}

enum help_status
help_print(const char *topic)
{
    struct buf text = BUF_INIT;

    if (help_write(&text, topic) != 0) {
        buf_fini(&text);
        return HELP_NO_TOPIC;
    }
    return help_put(&text);
}

enum help_status
help_version(const char *libraries)
{
    struct buf text = BUF_INIT;

    buf_printf(&text, "fanfetch %s\n", FANFETCH_VERSION);
    if (libraries)
        buf_printf(&text, "%s\n", libraries);
    return help_put(&text);
}
