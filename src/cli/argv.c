#include "cli/argv.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "cli/foreign.h"
#include "cli/guess.h"
#include "cli/table.h"

void
uses_fini(struct uses *uses)
{
    free(uses->v);
    free(uses->operands);
    *uses = (struct uses){0};
}

/* Make room for one more of n elements: the array is full at each power of
 * two. */
static void *
grow(void *v, size_t n, size_t size)
{
    return (n & (n - 1)) == 0 ? xrealloc(v, (n ? n * 2 : 1) * size) : v;
}

void
uses_add(struct uses *uses, const struct use *use)
{
    uses->v = grow(uses->v, uses->n, sizeof(*uses->v));
    uses->v[uses->n++] = *use;
}

void
uses_add_operand(struct uses *uses, const char *operand)
{
    uses->operands =
        grow(uses->operands, uses->noperands, sizeof(*uses->operands));
    uses->operands[uses->noperands++] = operand;
}

/* Does the use only ask for a default, or does a later one ask for the default
 * instead?  A value that the user typed stays, as in --max-redirects 3. */
static bool
is_undone(const struct uses *uses, size_t i)
{
    const struct use *use = &uses->v[i];

    if (use->value == foreign_default)
        return true;
    if (use->value && use->value != foreign_alias("no-location")->value)
        return false;
    for (i++; i < uses->n; i++) {
        if (uses->v[i].row == use->row && uses->v[i].value == foreign_default)
            return true;
    }
    return false;
}

void
uses_drop_undone(struct uses *uses)
{
    size_t n = 0;

    /* Whether a use is undone depends only on the later ones. */
    for (size_t i = 0; i < uses->n; i++) {
        if (!is_undone(uses, i))
            uses->v[n++] = uses->v[i];
    }
    uses->n = n;
}

const struct use *
uses_find(const struct uses *uses, const char *name)
{
    for (size_t i = 0; i < uses->n; i++) {
        if (strcmp(uses->v[i].row->name, name) == 0)
            return &uses->v[i];
    }
    return NULL;
}

/* --------------------------------------------------------------- names */

bool
argv_takes_value(const struct meaning *m)
{
    return m->row && m->row->arg && !m->value;
}

bool
argv_needs_value(const struct meaning *m)
{
    return argv_takes_value(m) && !m->row->is_optional;
}

static void
resolve_alias(const struct alias *alias, struct meaning *m)
{
    m->row = alias->to ? table_find(alias->to) : NULL;
    m->value = alias->value;
}

/* Find a full name, ours or an alias. */
static bool
find_exact(const char *name, struct meaning *m)
{
    const struct alias *alias;

    *m = (struct meaning){table_find(name), NULL};
    if (m->row)
        return true;
    alias = foreign_alias(name);
    if (alias)
        resolve_alias(alias, m);
    return alias != NULL;
}

/* Count our names that begin with name, and set the row of one of them. */
static size_t
find_abbreviated(const char *name, size_t len, struct meaning *m,
                 struct buf *list)
{
    size_t n = 0;

    for (size_t i = 0; i < table_nrows; i++) {
        if (strncmp(table_rows[i].name, name, len) != 0)
            continue;
        *m = (struct meaning){&table_rows[i], NULL};
        buf_printf(list, n++ ? ", --%s" : "--%s", table_rows[i].name);
    }
    return n;
}

/*
 * Report "--no-NAME", by which other tools turn an option off.  Returns false
 * if it is not of a known option.
 */
static bool
report_negated(const char *name, const char *place)
{
    static const char usual[] = "leave it out: ";
    const char *positive = name + 3, *answer;
    struct meaning m;

    if (strncmp(name, "no-", 3) != 0)
        return false;
    answer = foreign_answer(positive);
    if (find_exact(positive, &m) && argv_takes_value(&m))
        diag_error("%sunknown option --%s: leave --%s out, or see --help "
                   "%s",
                   place, name, positive, positive);
    else if (find_exact(positive, &m))
        diag_error("%sunknown option --%s: leave --%s out", place, name,
                   positive);
    else if (answer && strncmp(answer, usual, strlen(usual)) == 0)
        diag_error("%sunknown option --%s: there is none here: %s", place, name,
                   answer + strlen(usual));
    else if (answer)
        diag_error("%sunknown option --%s: leave it out: there is no --%s here",
                   place, name, positive);
    else
        return false;
    return true;
}

/* Report an option that is unknown or belongs to another tool.  Python's names
 * have underscores. */
static void
report_unknown(const char *name, const char *place)
{
    char *dashed = xstrdup(name);
    const char *answer, *near;
    struct meaning m;

    for (char *s = dashed; (s = strchr(s, '_'));)
        *s = '-';
    answer = foreign_answer(dashed);
    near = find_exact(dashed, &m) ? dashed : table_suggest(name);
    if (answer)
        diag_error("%sunknown option --%s: %s", place, name, answer);
    else if (!report_negated(name, place))
        diag_error("%sunknown option --%s%s%s%s", place, name,
                   near ? "; did you mean --" : "", near ? near : "",
                   near ? "?" : "");
    free(dashed);
}

/*
 * Find the one name of ours that begins with name, which is no full name.
 * Returns false if there is none, or if the name could also stand for another
 * tool's option, which was reported.
 */
static bool
find_unique(const char *name, const char *place, struct meaning *m)
{
    struct buf list = BUF_INIT;
    const char *foreign = NULL;
    size_t len, n = find_abbreviated(name, strlen(name), m, &list);

    if (n == 1)
        foreign = foreign_longer(name, m->row->name, &len);
    if (n == 0)
        report_unknown(name, place);
    else if (foreign)
        diag_error("%s--%s is ambiguous: %.*s, or another tool's --%.*s", place,
                   name, (int)list.len, list.data, (int)len, foreign);
    else if (n > 1)
        diag_error("%s--%s is ambiguous: %.*s", place, name, (int)list.len,
                   list.data);
    buf_fini(&list);
    return n == 1 && !foreign;
}

int
argv_find(const char *text, size_t len, const char *place, struct meaning *m)
{
    char *name = xstrndup(text, len);
    bool is_found = find_exact(name, m);

    if (!place)
        place = "";
    /* Do not accept an abbreviation that is another tool's full name. */
    if (!is_found && foreign_answer(name))
        report_unknown(name, place);
    else if (!is_found)
        is_found = find_unique(name, place, m);
    free(name);
    return is_found ? 0 : -1;
}

int
argv_find_letter(int letter, const char *place, struct meaning *m)
{
    const struct alias *alias = foreign_alias_letter(letter);
    const char *answer = foreign_answer_letter(letter);

    *m = (struct meaning){table_find_letter(letter), NULL};
    if (m->row)
        return 0;
    if (!place)
        place = "";
    if (alias) {
        resolve_alias(alias, m);
        return 0;
    }
    if (answer)
        diag_error("%sunknown option -%c: %s", place, letter, answer);
    else
        diag_error("%sunknown option -%c", place, letter);
    return -1;
}

/* ---------------------------------------------------------------- argv */

/* The words not yet read. */
struct words {
    char **v;
    int n, next;
};

static const char *
peek(const struct words *w)
{
    return w->next < w->n ? w->v[w->next] : NULL;
}

/* The next word would be a value: is it an option instead? */
static bool
is_option(const struct opt_row *row, const char *word)
{
    struct meaning m;

    if (word[0] != '-' || word[1] == '\0')
        return false;
    if (word[1] == '-')
        return word[2] != '\0' && find_exact(word + 2, &m);
    return guess_is_path(row) &&
           (table_find_letter(word[1]) || foreign_alias_letter(word[1]));
}

static int
report_missing(const struct opt_row *row, const char *next)
{
    if (next)
        diag_error("--%s needs a value: %s; '%s' is an option (--%s=%s takes "
                   "it for the value)",
                   row->name, row->arg, next, row->name, next);
    else
        diag_error("--%s needs a value: %s", row->name, row->arg);
    return -1;
}

/* Add a use.  Its value is the rest of its word, or the next word. */
static int
add_use(struct words *w, struct uses *uses, const struct meaning *m,
        const char *attached)
{
    struct use use = {m->row, m->value, false, NULL};
    const char *next = peek(w);

    if (attached) {
        use.value = attached;
        use.is_attached = true;
    } else if (argv_needs_value(m)) {
        if (!next || is_option(m->row, next))
            return report_missing(m->row, next);
        use.value = w->v[w->next++];
    } else if (argv_takes_value(m) && next && guess_is_value(m->row, next)) {
        use.value = w->v[w->next++];
    }
    if (m->row)
        uses_add(uses, &use);
    return 0;
}

/* curl's --url: its value is an operand. */
static int
read_url(struct words *w, struct uses *uses, const char *attached)
{
    const char *url = attached ? attached : peek(w);

    if (!url || *url == '\0') {
        diag_error("--url needs a value: a URL");
        return -1;
    }
    w->next += !attached;
    uses_add_operand(uses, url);
    return 0;
}

/* "--name", "--name=value". */
static int
read_long(struct words *w, const char *word, struct uses *uses,
          struct meaning *m, const char **value)
{
    const char *name = word + 2;
    size_t len = strcspn(name, "=");
    const char *attached = name[len] ? name + len + 1 : NULL;

    *value = attached;
    if (len == strlen("url") && memcmp(name, "url", len) == 0)
        return read_url(w, uses, attached);
    if (argv_find(name, len, NULL, m) != 0)
        return -1;
    if (attached && !argv_takes_value(m)) {
        diag_error("--%.*s takes no value",
                   m->row && !m->value ? (int)strlen(m->row->name) : (int)len,
                   m->row && !m->value ? m->row->name : name);
        return -1;
    }
    if (m->row && (m->row->kind == OPT_HELP || m->row->kind == OPT_VERSION))
        return 0;
    return add_use(w, uses, m, attached);
}

/*
 * Report a word of several letters behind one dash that wget or httpx would
 * read as one option.  Returns true if it was one.
 */
static bool
is_foreign_word(const char *word)
{
    char *name = xstrndup(word + 1, strcspn(word + 1, "="));
    const char *answer = foreign_answer_word(name);
    struct meaning m;
    bool is_long = strlen(name) > 2;

    if (!answer && is_long)
        answer = foreign_answer(name);
    if (answer)
        diag_error("unknown option -%s: %s", name, answer);
    else if (is_long && find_exact(name, &m))
        diag_error("-%s: a long name has two dashes, so write --%s", name,
                   name);
    else
        is_long = false;
    free(name);
    return answer || is_long;
}

/* "-kv", "-m3", "-m 3"; value is set to the topic of "-hlimit". */
static int
read_letters(struct words *w, const char *word, struct uses *uses,
             struct meaning *m, const char **value)
{
    if (word[2] && is_foreign_word(word))
        return -1;
    for (const char *s = word + 1; *s; s++) {
        if (argv_find_letter((unsigned char)*s, NULL, m) != 0)
            return -1;
        *value = s[1] ? s + 1 : NULL;
        if (m->row && (m->row->kind == OPT_HELP || m->row->kind == OPT_VERSION))
            return 0;
        if (argv_needs_value(m))
            return add_use(w, uses, m, s[1] ? s + 1 : NULL);
        if (add_use(w, uses, m, NULL) != 0)
            return -1;
    }
    return 0;
}

/* Is the option the word that was read last, and has it no value? */
static bool
is_without_value(const struct words *w, const char *word,
                 const struct meaning *m)
{
    return word[0] == '-' && word[1] != '\0' && w->v[w->next - 1] == word &&
           !argv_takes_value(m) && !strchr(word, '=');
}

/* Report a word behind such an option that was probably meant for it. */
static int
check_next(const struct words *w, const char *word, const struct meaning *m)
{
    const char *next = peek(w);

    if (!next || !is_without_value(w, word, m) || !guess_is_stray(next))
        return 0;
    diag_error("%s takes no value, and there is no file '%s'", word, next);
    return -1;
}

enum argv_status
argv_read(int argc, char **argv, struct uses *uses, const char **topic)
{
    struct words w = {argv, argc, 1};
    bool only_operands = false;

    while (peek(&w)) {
        const char *word = w.v[w.next++], *value = NULL;
        struct meaning m = {NULL, NULL};
        int rc = 0;

        if (only_operands || word[0] != '-' || word[1] == '\0')
            uses_add_operand(uses, word);
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else if (word[1] == '-')
            rc = read_long(&w, word, uses, &m, &value);
        else
            rc = read_letters(&w, word, uses, &m, &value);
        if (rc != 0)
            return ARGV_USAGE;
        if (m.row && m.row->kind == OPT_HELP) {
            /* The topic may be a separate word, whatever it looks like. */
            *topic = value ? value : peek(&w);
            return ARGV_HELP;
        }
        if (m.row && m.row->kind == OPT_VERSION)
            return ARGV_VERSION;
        if (!only_operands && check_next(&w, word, &m) != 0)
            return ARGV_USAGE;
    }
    return ARGV_OK;
}
