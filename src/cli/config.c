#include "cli/config.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "cli/argv.h"
#include "cli/table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLANKS " \t\r\n"

/* Read a quoted value; s is behind its first quote.  Returns NULL if no quote
 * ends it. */
static const char *
read_quoted(const char *s, struct buf *value)
{
    for (; *s && *s != '"'; s++) {
        char c = *s;

        if (c == '\\' && s[1]) {
            c = *++s;
            c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
        }
        buf_addc(value, c);
    }
    return *s ? s + 1 : NULL;
}

/* Read the value behind a name.  Returns false if it is invalid, which was
 * reported. */
static bool
read_value(const char *s, const char *place, struct buf *value, bool *is_there)
{
    s += strspn(s, BLANKS);
    if (*s == '=' || *s == ':')
        s += 1 + strspn(s + 1, BLANKS);
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
        diag_error("%s--%s has no place in a file", place, m->row->name);
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

static int
read_line(const char *line, const char *place, struct arena *mem,
          struct uses *uses)
{
    const char *s = line + strspn(line, BLANKS), *name;
    struct buf text = BUF_INIT;
    const char *value = NULL;
    struct meaning m;
    bool is_there, is_letter = s[0] == '-' && s[1] && s[1] != '-';
    size_t len;
    int rc = -1;

    if (*s == '\0' || *s == '#')
        return 0;
    s += is_letter ? 1 : strspn(s, "-");
    len = is_letter ? 1 : strcspn(s, "=:" BLANKS);
    name = arena_strndup(mem, s, len);
    if (!read_value(s + len, place, &text, &is_there))
        goto out;
    if (is_there)
        value = arena_strndup(mem, text.len ? text.data : "", text.len);
    if (strcmp(name, "url") == 0 && value) {
        uses_add_operand(uses, value);
        rc = 0;
        goto out;
    }
    rc = is_letter ? argv_find_letter((unsigned char)*name, place, &m)
                   : argv_find(name, len, place, &m);
    if (rc == 0)
        rc = add_use(&m, name, place, value, uses);

out:
    buf_fini(&text);
    return rc;
}

int
config_read(const char *path, struct arena *mem, struct uses *uses)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t cap = 0;
    int rc = 0;

    for (size_t n = 1; file && rc == 0 && getline(&line, &cap, file) >= 0;
         n++) {
        struct buf place = BUF_INIT;

        buf_printf(&place, "%s:%zu: ", path, n);
        rc = read_line(line, arena_strndup(mem, place.data, place.len), mem,
                       uses);
        buf_fini(&place);
    }
    if (rc == 0 && (!file || ferror(file))) {
        diag_error("cannot read the configuration '%s': %s", path,
                   strerror(errno));
        rc = -1;
    }
    free(line);
    if (file)
        fclose(file);
    return rc;
}
