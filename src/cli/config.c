#include "cli/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "cli/argv.h"
#include "cli/table.h"

#define BLANKS " \t\r\n"

/* Read a quoted value; s is behind its first quote.  Returns NULL if no quote
 * ends it. */
static const char *
read_quoted(const char *s, struct buf *value)
{
    static const char letters[] = "tnrv", bytes[] = "\t\n\r\v";

    for (; *s && *s != '"'; s++) {
        const char *at;

        if (*s != '\\' || !s[1]) {
            buf_addc(value, *s);
            continue;
        }
        at = strchr(letters, *++s);
        buf_addc(value, at ? bytes[at - letters] : *s);
    }
    return *s ? s + 1 : NULL;
}

/*
 * Skip what separates a name from its value, as curl does.  Behind a name
 * without dashes that is any number of "=" and ":".  Behind a name with dashes,
 * or a letter, it is one "=" or ":" with a blank behind it; without the blank
 * it belongs to the value.
 */
static const char *
skip_separator(const char *s, bool is_dashed)
{
    if (!is_dashed)
        return s + strspn(s, BLANKS "=:");
    s += strspn(s, BLANKS);
    if (*s && strchr("=:", *s) && strchr(BLANKS, s[1]))
        s += 1 + strspn(s + 1, BLANKS);
    return s;
}

/* Read a value.  Returns false if it is invalid, which was reported. */
static bool
read_value(const char *s, const char *place, struct buf *value, bool *is_there)
{
    *is_there = *s && *s != '#';
    if (*s == '"') {
        s = read_quoted(s + 1, value);
        if (!s) {
            diag_error("%sa quote is not closed", place);
            return false;
        }
    } else if (*is_there) {
        size_t len = strcspn(s, BLANKS);

        buf_add(value, s, len);
        s += len;
    }
    s += strspn(s, BLANKS);
    if (*s && *s != '#') {
        diag_error("%sa value with blanks needs quotes around it", place);
        return false;
    }
    return true;
}

static int
add_use(const struct meaning *m, const char *name, const char *place,
        const char *value, struct uses *uses)
{
    struct use use = {m->row, m->value ? m->value : value, true, place};

    if (m->row && (m->row->kind == OPT_HELP || m->row->kind == OPT_VERSION ||
                   strcmp(m->row->name, "config") == 0)) {
        diag_error("%s--%s cannot be used in a file", place, m->row->name);
        return -1;
    }
    if (m->row && argv_needs_value(m) && !value) {
        diag_error("%s--%s needs a value: %s", place, m->row->name,
                   m->row->arg);
        return -1;
    }
    if (!argv_takes_value(m) && value) {
        diag_error("%s%s takes no value", place, name);
        return -1;
    }
    if (m->row)
        uses_add(uses, &use);
    return 0;
}

/* Read the value in rest, and add the use. */
static int
read_use(const struct meaning *m, const char *name, const char *rest,
         const char *place, struct arena *mem, struct uses *uses)
{
    struct buf text = BUF_INIT;
    const char *value = NULL;
    bool is_there;
    int rc = -1;

    if (read_value(rest, place, &text, &is_there)) {
        if (is_there)
            value = arena_strndup(mem, text.len ? text.data : "", text.len);
        rc = add_use(m, name, place, value, uses);
    }
    buf_fini(&text);
    return rc;
}

/* "-sS", "-m3", "-m 3"; s is behind the dash. */
static int
read_letters(const char *s, const char *place, struct arena *mem,
             struct uses *uses)
{
    for (;; s++) {
        char name[] = {'-', *s, '\0'};
        struct meaning m;

        if (argv_find_letter((unsigned char)*s, place, &m) != 0)
            return -1;
        if (argv_takes_value(&m) || !s[1] || strchr(BLANKS "=:\"", s[1]))
            return read_use(&m, name, skip_separator(s + 1, true), place, mem,
                            uses);
        if (add_use(&m, name, place, NULL, uses) != 0)
            return -1;
    }
}

/* "url = https://example.com"; rest is the value. */
static int
read_operand(const char *rest, const char *place, struct arena *mem,
             struct uses *uses)
{
    struct buf text = BUF_INIT;
    bool is_there;
    int rc = -1;

    if (!read_value(rest, place, &text, &is_there)) {
        /* It was reported. */
    } else if (text.len == 0) {
        diag_error("%surl needs a value: a URL", place);
    } else {
        uses_add_operand(uses, arena_strndup(mem, text.data, text.len));
        rc = 0;
    }
    buf_fini(&text);
    return rc;
}

static int
read_line(const char *line, const char *place, struct arena *mem,
          struct uses *uses)
{
    const char *s = line + strspn(line, BLANKS);
    bool is_dashed = *s == '-';
    const char *rest;
    struct meaning m;
    size_t len;

    if (*s == '\0' || *s == '#')
        return 0;
    if (s[0] == '-' && s[1] && s[1] != '-' && !strchr(BLANKS, s[1]))
        return read_letters(s + 1, place, mem, uses);
    s += strspn(s, "-");
    len = strcspn(s, "=:" BLANKS);
    if (strncmp(s + len, "://", 3) == 0) {
        diag_error("%sa URL needs 'url =' before it here; a list of URLs is an "
                   "operand: fanfetch FILE",
                   place);
        return -1;
    }
    if (len == 0) {
        diag_error("%sthe name of an option must come first", place);
        return -1;
    }
    /* A long name may have "=VALUE" or ":" at once, as on the command line. */
    rest = s + len;
    if (is_dashed && (*rest == '=' || *rest == ':'))
        rest++;
    rest = skip_separator(rest, is_dashed);
    if (len == 3 && memcmp(s, "url", 3) == 0)
        return read_operand(rest, place, mem, uses);
    if (argv_find(s, len, place, &m) != 0)
        return -1;
    return read_use(&m, arena_strndup(mem, s, len), rest, place, mem, uses);
}

/* Read a line of n bytes with its number. */
static int
read_bytes(const char *line, size_t n, const char *path, size_t number,
           struct arena *mem, struct uses *uses)
{
    struct buf text = BUF_INIT;
    const char *place;

    buf_printf(&text, "%s:%zu: ", path, number);
    place = arena_strndup(mem, text.data, text.len);
    buf_fini(&text);
    if (memchr(line, '\0', n)) {
        diag_error("%sthe line has a NUL byte in it", place);
        return -1;
    }
    if (number == 1)
        line = utf8_skip_mark(line, &n);
    return read_line(line, place, mem, uses);
}

int
config_read(const char *path, struct arena *mem, struct uses *uses)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "re");
    char *line = NULL;
    size_t cap = 0, number = 1;
    ssize_t n;
    int rc = 0;

    while (file && rc == 0 && (n = getline(&line, &cap, file)) >= 0)
        rc = read_bytes(line, (size_t)n, is_stdin ? "standard input" : path,
                        number++, mem, uses);
    if (rc == 0 && (!file || ferror(file))) {
        diag_error("cannot read the configuration '%s': %s", path,
                   strerror(errno));
        rc = -1;
    }
    free(line);
    if (file && !is_stdin)
        fclose(file);
    return rc;
}
