#include "input/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json_writer.h"

/* How much of a column's name is shown in a message. */
#define SEEN_MAX 48

/* Scan a field without quotes up to its end or a misplaced quote. */
static size_t
skip_bare(const char *text, size_t at, size_t len, char separator)
{
    while (at < len && text[at] != separator && text[at] != '\n' &&
           text[at] != '"')
        at++;
    return at;
}

/* Scan a quoted field up to its next quote. */
static size_t
skip_quoted(const char *text, size_t at, size_t len)
{
    const char *quote = memchr(text + at, '"', len - at);

    return quote ? (size_t)(quote - text) : len;
}

/* Behind a quote: the next character decides the state.  Returns false if it
 * is invalid. */
static bool
step_closed(const char *text, size_t at, char separator, enum csv_state *state)
{
    if (text[at] == '"')
        *state = CSV_QUOTED; /* it was a doubled quote */
    else if (text[at] == separator)
        *state = CSV_START;
    else /* a CR must be followed by an LF */
        return text[at] == '\r' && text[at + 1] == '\n';
    return true;
}

enum csv_scan
csv_scan(const char *text, size_t len, char separator, enum csv_state *state,
         size_t *at)
{
    size_t i = *at;

    while (i < len) {
        if (*state == CSV_QUOTED) {
            i = skip_quoted(text, i, len);
            if (i < len) {
                *state = CSV_CLOSED;
                i++;
            }
            continue;
        }
        if (*state == CSV_START && text[i] == '"') {
            *state = CSV_QUOTED;
            i++;
            continue;
        }
        if (*state != CSV_CLOSED) {
            *state = CSV_BARE;
            i = skip_bare(text, i, len, separator);
            if (i == len)
                break;
        }
        *at = i;
        if (text[i] == '\n')
            return CSV_END;
        if (*state == CSV_CLOSED) {
            if (text[i] == '\r' && i + 1 == len)
                return CSV_MORE; /* the next byte decides */
            if (!step_closed(text, i, separator, state))
                return CSV_STRAY;
        } else if (text[i] == '"') {
            return CSV_STRAY;
        } else {
            *state = CSV_START;
        }
        i++;
    }
    *at = i;
    return CSV_MORE;
}

void
csv_walk_init(struct csv_walk *w, struct span record, char separator)
{
    *w = (struct csv_walk){record, separator, false};
}

/* The text of a quoted field, with doubled quotes made single. */
static struct span
halve_quotes(struct span text, struct arena *mem)
{
    char *copy = arena_alloc(mem, text.len);
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++) {
        copy[n++] = text.p[i];
        i += text.p[i] == '"';
    }
    return (struct span){copy, n};
}

/* Take the quoted field at the start of rest; *n is its length with quotes. */
static struct span
take_quoted(struct span rest, struct arena *mem, size_t *n)
{
    size_t end = 1;
    bool has_doubled = false;

    for (;;) {
        end = skip_quoted(rest.p, end, rest.len);
        if (end + 1 >= rest.len || rest.p[end + 1] != '"')
            break;
        has_doubled = true;
        end += 2;
    }
    *n = end < rest.len ? end + 1 : end;

    struct span inner = {rest.p + 1, end - 1};

    return has_doubled && mem ? halve_quotes(inner, mem) : inner;
}

bool
csv_walk_field(struct csv_walk *w, struct arena *mem, struct span *field)
{
    size_t n;

    if (w->is_over)
        return false;
    if (w->rest.len > 0 && w->rest.p[0] == '"') {
        *field = take_quoted(w->rest, mem, &n);
    } else {
        const char *end = w->rest.len > 0
                              ? memchr(w->rest.p, w->separator, w->rest.len)
                              : NULL;

        n = end ? (size_t)(end - w->rest.p) : w->rest.len;
        *field = (struct span){w->rest.p, n};
    }
    w->is_over = n >= w->rest.len;
    n += !w->is_over;
    w->rest.p += n;
    w->rest.len -= n;
    return true;
}

/*
 * The header row.
 */

struct csv_head {
    struct arena mem; /* the keys */
    struct csv_column *columns;
    size_t ncolumns;
    char separator;
};

static enum csv_role
role_of(struct span name)
{
    static const struct {
        const char *name;
        enum csv_role role;
    } roles[] = {
        {"url", CSV_URL},
        {"id", CSV_ID},
        {"method", CSV_METHOD},
        {"body", CSV_BODY},
    };

    for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
        if (strlen(roles[i].name) == name.len &&
            memcmp(roles[i].name, name.p, name.len) == 0)
            return roles[i].role;
    }
    return CSV_META;
}

static void
add_column(struct csv_head *h, struct span name)
{
    struct buf key = BUF_INIT;
    size_t n = h->ncolumns;

    jsonw_string_n(&key, name.p, name.len);
    /* Room for 1, 2, 4, ... columns. */
    if ((n & (n - 1)) == 0)
        h->columns =
            xrealloc(h->columns, (n ? 2 * n : 1) * sizeof(*h->columns));
    h->columns[h->ncolumns++] = (struct csv_column){
        .role = role_of(name),
        .key = arena_strndup(&h->mem, key.data, key.len),
        .key_len = key.len,
    };
    buf_fini(&key);
}

static int
compare_keys(const void *a, const void *b)
{
    const struct csv_column *const *x = a, *const *y = b;

    return strcmp((*x)->key, (*y)->key);
}

/* The name of a repeated column, or NULL.  Uses sorting, since a header row of
 * a megabyte has half a million columns. */
static const char *
find_twice(const struct csv_head *h)
{
    const struct csv_column **sorted = xcalloc(h->ncolumns, sizeof(*sorted));
    const char *twice = NULL;

    for (size_t i = 0; i < h->ncolumns; i++)
        sorted[i] = &h->columns[i];
    qsort(sorted, h->ncolumns, sizeof(*sorted), compare_keys);
    for (size_t i = 1; i < h->ncolumns && !twice; i++) {
        if (strcmp(sorted[i - 1]->key, sorted[i]->key) == 0)
            twice = sorted[i]->key;
    }
    free(sorted);
    return twice;
}

static bool
has_url(const struct csv_head *h)
{
    for (size_t i = 0; i < h->ncolumns; i++) {
        if (h->columns[i].role == CSV_URL)
            return true;
    }
    return false;
}

/* Does a name contain a CR without LF?  Old Mac files end lines that way, so
 * the whole file looks like one row. */
static bool
has_bare_cr(struct span name)
{
    const char *end = name.p + name.len, *cr = name.p;

    while ((cr = memchr(cr, '\r', (size_t)(end - cr)))) {
        cr++;
        if (cr == end || *cr != '\n')
            return true;
    }
    return false;
}

struct csv_head *
csv_head_new(struct span record, char separator, struct buf *why)
{
    struct csv_head *h = xcalloc(1, sizeof(*h));
    struct csv_walk walk;
    struct span name;
    const char *twice;
    bool is_one_row = false;

    arena_init(&h->mem);
    h->separator = separator;
    csv_walk_init(&walk, record, separator);
    while (csv_walk_field(&walk, &h->mem, &name)) {
        name = span_trim(name);
        is_one_row |= has_bare_cr(name);
        add_column(h, name);
    }

    buf_clear(why);
    twice = find_twice(h);
    if (is_one_row) {
        buf_addstr(why, "lines must end in LF or CR LF, not in CR alone");
    } else if (twice) {
        struct span seen =
            span_cut((struct span){twice, strlen(twice)}, SEEN_MAX);

        buf_printf(why, "the header row has column %.*s twice", (int)seen.len,
                   seen.p);
    } else if (!has_url(h)) {
        buf_addstr(why, "the header row has no column 'url'");
    }
    if (why->len == 0)
        return h;
    buf_addc(why, '\0');
    csv_head_free(h);
    return NULL;
}

void
csv_head_free(struct csv_head *h)
{
    if (!h)
        return;
    arena_reset(&h->mem);
    free(h->columns);
    free(h);
}

size_t
csv_head_ncolumns(const struct csv_head *h)
{
    return h->ncolumns;
}

const struct csv_column *
csv_head_column(const struct csv_head *h, size_t i)
{
    return &h->columns[i];
}

char
csv_head_separator(const struct csv_head *h)
{
    return h->separator;
}
