#include "cli/value.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/beneath.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/units.h"
#include "body/expect.h"
#include "cli/check.h"
#include "cli/data.h"
#include "cli/form_option.h"
#include "cli/table.h"
#include "job/line_file.h"
#include "url/hostset.h"
#include "url/netrc.h"

_Static_assert(sizeof(enum opt_http) == sizeof(int), "enums are stored as int");

static void *
field(struct opts_store *store, const struct opt_row *row)
{
    return (char *)&store->opts + row->offset;
}

/* Report what the value must be.  A secret value is not shown. */
static int
refuse(const struct opt_row *row, const char *text)
{
    struct buf must = BUF_INIT;

    table_describe_value(&must, row);
    if (row->kind == OPT_SIZE)
        buf_addstr(&must, ", such as 64k or 10M");
    else if (row->kind == OPT_DURATION)
        buf_addstr(&must, ", such as 300ms, 10 or 5m");
    if (row->is_secret)
        diag_error("%s--%s must be %.*s", row->place ? row->place : "",
                   row->name, (int)must.len, must.data);
    else
        diag_error("%s--%s must be %.*s, not '%s'",
                   row->place ? row->place : "", row->name, (int)must.len,
                   must.data, text);
    buf_fini(&must);
    return -1;
}

/* Would reading this file take bytes from standard input?  "/dev/stdin" does if
 * standard input is a pipe; a regular file is opened anew at its beginning. */
static bool
is_stdin_too(const char *path)
{
    struct stat st;

    return strcmp(path, "-") == 0 ||
           (fs_is_open_as(path, STDIN_FILENO, &st) && S_ISFIFO(st.st_mode));
}

int
value_read_file(struct opts_store *store, const struct opt_row *row,
                const char *path, struct buf *out)
{
    bool is_stdin = is_stdin_too(path);
    FILE *file;
    size_t n;

    if (is_stdin && !store->stdin_is_free) {
        diag_error("--%s cannot read standard input, which is already used",
                   row->name);
        return -1;
    }
    file = is_stdin ? stdin : fopen(path, "re");
    if (!file)
        goto fail;
    errno = 0;
    do {
        n = fread(buf_reserve(out, BUFSIZ), 1, BUFSIZ, file);
        out->len += n;
    } while (n > 0);
    if (ferror(file))
        goto fail;
    if (is_stdin)
        store->stdin_is_free = false;
    else
        fclose(file);
    return 0;

fail:
    diag_error("cannot read '%s' for --%s: %s", path, row->name,
               strerror(errno));
    if (file && !is_stdin)
        fclose(file);
    return -1;
}

/* Read a file's lines, each of which must be valid.  *file is set to what reads
 * the file again when it changes; NULL if it can be read only once: standard
 * input, or a pipe such as <(command) of a shell. */
static int
read_lines(struct opts_store *store, const struct opt_row *row,
           const char *path, struct strings *lines, struct line_file **file)
{
    struct buf text = BUF_INIT;
    size_t before = lines->n, line;
    int rc = value_read_file(store, row, path, &text);

    *file = NULL;
    if (rc == 0 && line_file_parse(text.data, text.len, row->is_valid,
                                   &store->mem, lines, &line) != 0) {
        diag_error("%s:%zu: a line for --%s must be %s", path, line, row->name,
                   row->must);
        rc = -1;
    }
    buf_fini(&text);
    if (rc == 0 && strcmp(path, "-") != 0 && check_is_regular(path)) {
        *file = arena_alloc(&store->mem, sizeof(**file));
        **file = (struct line_file){
            .option = row->name,
            .path = path,
            .is_valid = row->is_valid,
            .first = before,
            .n = lines->n - before,
        };
    }
    return rc;
}

static int
add_header_file(struct opts_store *store, const struct opt_row *row,
                const char *path)
{
    struct line_file *file, **end = &store->opts.header_files;
    int rc = read_lines(store, row, path, field(store, row), &file);

    while (*end)
        end = &(*end)->next;
    *end = file;
    return rc;
}

/* Set a token, or read it from @FILE. */
static int
set_token(struct opts_store *store, const struct opt_row *row, const char *text)
{
    struct strings lines = {0};
    struct line_file *file = NULL;

    if (*text == '@') {
        if (read_lines(store, row, text + 1, &lines, &file) != 0)
            return -1;
        if (lines.n != 1) {
            diag_error("'%s' must hold one token, in a line of its own, for "
                       "--%s",
                       text + 1, row->name);
            return -1;
        }
        text = lines.v[0];
    } else if (!row->is_valid(text)) {
        return refuse(row, text);
    }
    store->opts.oauth2_file = file;
    memcpy(field(store, row), (const void *)&text, sizeof(text));
    return 0;
}

static int
set_header(struct opts_store *store, const struct opt_row *row,
           const char *text)
{
    if (*text == '@')
        return add_header_file(store, row, text + 1);
    if (!row->is_valid(text))
        return refuse(row, text);
    strings_add(&store->mem, field(store, row), text);
    return 0;
}

static int
set_count(struct opts_store *store, const struct opt_row *row, const char *text)
{
    uint32_t n;

    for (const struct opt_word *w = row->words; w && w->name; w++) {
        if (strcmp(w->name, text) == 0) {
            memcpy(field(store, row), &w->value, sizeof(n));
            return 0;
        }
    }
    if (units_count(text, &n) != 0 || n < row->min || n > row->max)
        return refuse(row, text);
    memcpy(field(store, row), &n, sizeof(n));
    return 0;
}

static int
set_duration(struct opts_store *store, const struct opt_row *row,
             const char *text)
{
    int64_t least = row->min > US_PER_MS ? row->min : US_PER_MS;
    int64_t us;

    /* A value below libcurl's unit would become 0, which means "off". */
    if (units_duration(text, &us) != 0 || us > row->max ||
        (us != 0 && us < least))
        return refuse(row, text);
    memcpy(field(store, row), &us, sizeof(us));
    return 0;
}

static int
set_size(struct opts_store *store, const struct opt_row *row, const char *text)
{
    int64_t bytes;

    if (units_size(text, &bytes) != 0 || bytes < row->min || bytes > row->max)
        return refuse(row, text);
    memcpy(field(store, row), &bytes, sizeof(bytes));
    return 0;
}

static int
set_rate(struct opts_store *store, const struct opt_row *row, const char *text)
{
    double per_s;

    if (units_rate(text, &per_s) != 0)
        return refuse(row, text);
    memcpy(field(store, row), &per_s, sizeof(per_s));
    return 0;
}

static int
set_word(struct opts_store *store, const struct opt_row *row, const char *text)
{
    const struct opt_word *word = row->words;

    while (word->name && strcmp(word->name, text) != 0)
        word++;
    if (!word->name)
        return refuse(row, text);
    memcpy(field(store, row), &word->value, sizeof(word->value));
    return 0;
}

static int
set_text(struct opts_store *store, const struct opt_row *row, const char *text)
{
    if (text && row->is_valid && !row->is_valid(text))
        return refuse(row, text);
    if (row->kind == OPT_TEXTS)
        strings_add(&store->mem, field(store, row), text);
    else
        memcpy(field(store, row), &text, sizeof(text));
    return 0;
}

static int
set_list(struct opts_store *store, const struct opt_row *row, const char *text)
{
    struct strings *list = field(store, row);

    list->n = 0; /* the last use of the option counts */
    for (const char *s = text;; s++) {
        size_t len = strcspn(s, ",");

        if (len == 0)
            return refuse(row, text);
        strings_add(&store->mem, list, arena_strndup(&store->mem, s, len));
        s += len;
        if (*s == '\0')
            return 0;
    }
}

static int
set_statuses(struct opts_store *store, const struct opt_row *row,
             const char *text)
{
    struct ranges *set = arena_alloc(&store->mem, sizeof(*set));

    if (!ranges_parse(set, text))
        return refuse(row, text);
    memcpy(field(store, row), &set, sizeof(set));
    return 0;
}

/*
 * "FILE:PASSWORD" in curl's syntax: "\:" and "\\" stand for a colon and a
 * backslash in the file's name; the first other colon ends it.
 */
static int
set_cert(struct opts_store *store, const struct opt_row *row, const char *text)
{
    char *file = arena_alloc(&store->mem, strlen(text) + 1), *to = file;
    const char *s = text;

    store->opts.cert_password = "";
    store->opts.cert = text;
    if (row->is_valid(text))
        return 0;
    for (; *s && *s != ':'; s++) {
        if (s[0] == '\\' && (s[1] == ':' || s[1] == '\\'))
            s++;
        *to++ = *s;
    }
    *to = '\0';
    if (!row->is_valid(file))
        return refuse(row, text);
    store->opts.cert = file;
    if (*s)
        store->opts.cert_password = s + 1;
    return 0;
}

static int
set_shard(struct opts_store *store, const struct opt_row *row, const char *text)
{
    const char *slash = strchr(text, '/');
    uint32_t k, n;

    if (!slash)
        return refuse(row, text);
    if (units_count(arena_strndup(&store->mem, text, (size_t)(slash - text)),
                    &k) != 0 ||
        units_count(slash + 1, &n) != 0)
        return refuse(row, text);
    if (k < 1 || k > n || n > row->max)
        return refuse(row, text);
    store->opts.shard_k = k;
    store->opts.shard_n = n;
    return 0;
}

int
value_set(struct opts_store *store, const struct opt_row *row, const char *text)
{
    if (row->also != 0)
        *(bool *)((char *)&store->opts + row->also) = true;
    if (!text)
        text = row->implied;

    switch (row->kind) {
    case OPT_ON:
    case OPT_OFF:
        *(bool *)field(store, row) = row->kind == OPT_ON;
        return 0;
    case OPT_PICK:
        memcpy(field(store, row), &row->pick, sizeof(row->pick));
        return 0;
    case OPT_WORD:
        return set_word(store, row, text);
    case OPT_COUNT:
        return set_count(store, row, text);
    case OPT_DURATION:
        return set_duration(store, row, text);
    case OPT_SIZE:
        return set_size(store, row, text);
    case OPT_RATE:
        return set_rate(store, row, text);
    case OPT_TEXT:
    case OPT_TEXTS:
        return set_text(store, row, text);
    case OPT_LIST:
        return set_list(store, row, text);
    case OPT_STATUSES:
        return set_statuses(store, row, text);
    case OPT_HEADER:
        return set_header(store, row, text);
    case OPT_TOKEN:
        return set_token(store, row, text);
    case OPT_DATA:
    case OPT_DATA_BINARY:
    case OPT_DATA_RAW:
    case OPT_DATA_URLENCODE:
    case OPT_JSON:
        return data_add(store, row, text);
    case OPT_FORM:
    case OPT_FORM_STRING:
        return form_option_add(store, row, text);
    case OPT_CERT:
        return set_cert(store, row, text);
    case OPT_SHARD:
        return set_shard(store, row, text);
    case OPT_NOTHING:
    case OPT_HELP:
    case OPT_VERSION:
        return 0;
    }
    return 0;
}

struct opts_store *
value_store_new(void)
{
    struct opts_store *store = xcalloc(1, sizeof(*store));

    arena_init(&store->mem);
    for (size_t i = 0; i < table_nrows; i++) {
        const struct opt_row *row = &table_rows[i];
        const int64_t none = -1;

        if (row->initial) {
            int rc = value_set(store, row, row->initial);

            assert(rc == 0);
            (void)rc;
        } else if (row->kind == OPT_OFF) {
            *(bool *)field(store, row) = true;
        } else if (row->kind == OPT_SIZE) {
            memcpy(field(store, row), &none, sizeof(none));
        }
    }
    return store;
}

void
value_store_free(struct opts_store *store)
{
    if (!store)
        return;
    expect_free(store->opts.expect_code);
    beneath_free(store->opts.files);
    hostset_free(store->opts.allow);
    hostset_free(store->opts.deny);
    netrc_free(store->opts.netrc_machines);
    arena_reset(&store->mem);
    free(store);
}
