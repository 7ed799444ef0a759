/*
 * The text is split in place: each word gets a NUL behind it, and names point
 * into it.  A first pass counts the words, so all entries fit into one array
 * that never moves.
 */
#include "dns/hosts_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/map.h"

#define READ_BYTES 65536

/* The map's value for a name. */
struct entry {
    struct hosts_file_addr addr;  /* its first address */
    struct hosts_file_addr *last; /* its last address, in the first entry */
};

struct hosts_file {
    struct map *names;     /* lower-case name to its first struct entry */
    struct buf text;       /* the file, words with a NUL behind each */
    struct entry *entries; /* at most one per name per line */
    size_t nentries;
};

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

/* Upper bound of the number of names: each has a blank before it. */
static size_t
count_names(const struct buf *b)
{
    size_t n = 0;

    for (size_t i = 1; i < b->len; i++)
        n += is_blank(b->data[i - 1]) && !is_blank(b->data[i]);
    return n;
}

/* Split the next word off *p in lower case.  Returns NULL at the end of the
 * line. */
static char *
next_word(char **p, const char *end)
{
    char *word = *p;

    while (word < end && is_blank(*word))
        word++;
    if (word == end)
        return NULL;
    for (*p = word; *p < end && !is_blank(**p); ++*p)
        if (**p >= 'A' && **p <= 'Z')
            **p = (char)(**p + ('a' - 'A'));
    **p = '\0'; /* at end there is a newline, a '#' or the text's NUL */
    *p += *p < end;
    return word;
}

static void
add_name(struct hosts_file *e, const char *name, const struct addr *addr)
{
    size_t len = strlen(name);
    struct entry *first = map_get(e->names, name, len);
    struct entry *new = &e->entries[e->nentries++];

    new->addr = (struct hosts_file_addr){.addr = *addr};
    new->last = &new->addr;
    if (!first) {
        map_put(e->names, name, len, new);
    } else {
        first->last->next = &new->addr;
        first->last = &new->addr;
    }
}

static void
parse_line(struct hosts_file *e, char *line, const char *end)
{
    const char *word = next_word(&line, end), *name;
    struct addr addr;

    if (!word || addr_parse_plain(word, strlen(word), &addr) != 0)
        return;
    while ((name = next_word(&line, end)))
        add_name(e, name, &addr);
}

/* e->text must be set, with a NUL behind it. */
static void
parse(struct hosts_file *e)
{
    char *line = e->text.data, *end = line + e->text.len;

    e->entries = xcalloc(count_names(&e->text) + 1, sizeof(*e->entries));
    while (line < end) {
        char *eol = memchr(line, '\n', (size_t)(end - line));
        char *hash;

        if (!eol)
            eol = end;
        hash = memchr(line, '#', (size_t)(eol - line));
        parse_line(e, line, hash ? hash : eol);
        line = eol + 1;
    }
}

struct hosts_file *
hosts_file_read(const char *path)
{
    struct hosts_file *e = xcalloc(1, sizeof(*e));
    FILE *f = fopen(path, "re");
    size_t n;

    e->names = map_new();
    if (f) {
        do {
            n = fread(buf_reserve(&e->text, READ_BYTES), 1, READ_BYTES, f);
            e->text.len += n;
        } while (n > 0);
        fclose(f);
    }
    *buf_reserve(&e->text, 1) = '\0';
    parse(e);
    return e;
}

void
hosts_file_free(struct hosts_file *e)
{
    if (!e)
        return;
    map_free(e->names);
    buf_fini(&e->text);
    free(e->entries);
    free(e);
}

const struct hosts_file_addr *
hosts_file_find(const struct hosts_file *e, const char *name, size_t len)
{
    const struct entry *first = map_get(e->names, name, len);

    return first ? &first->addr : NULL;
}
