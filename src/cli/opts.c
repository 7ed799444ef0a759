#include "cli/opts.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "cli/help.h"
#include "cli/interface.h"
#include "cli/table.h"
#include "cli/value.h"
#include "url/hostset.h"
#include "url/netrc.h"

#include <getopt.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* getopt_long()'s value for row i; above all letters. */
#define ROW_VALUE(i) ((int)(i) + UCHAR_MAX + 1)

/* Threads that are started unless more are asked for, and the connections
 * that each of them has then at least. */
#define MAX_THREADS            4
#define LEAST_PER_THREAD       2
#define LEAST_PER_THREAD_BOUND 16 /* where a host is bound to some of them */

/* One use of an option. */
struct use {
    const struct opt_row *row;
    const char *value; /* NULL: none was given */
};

/* The command line in its order, before any value is looked at. */
struct uses {
    struct use *v;
    size_t n;
};

/* getopt_long()'s view of the table. */
struct getopt_arrays {
    struct option *longs;
    char *shorts;
};

/* Pairs that contradict each other. */
static const char *const exclusions[][2] = {
    {"json", "data"},
    {"oauth2-bearer", "user"},
    {"quiet", "verbose"},
};

/* Options that mean nothing without another one. */
static const char *const needs[][2] = {
    {"key", "cert"},
    {"output-name", "output-dir"},
    {"resume", "output"},
    {"retry-failed", "resume"},
};

static bool
takes_value(const struct opt_row *row)
{
    return row->arg != NULL;
}

static void
getopt_arrays_init(struct getopt_arrays *g)
{
    struct buf shorts = BUF_INIT;

    buf_addc(&shorts, ':'); /* tells a missing value from an unknown option */
    g->longs = xcalloc(table_nrows + 1, sizeof(*g->longs));
    for (size_t i = 0; i < table_nrows; i++) {
        const struct opt_row *row = &table_rows[i];

        g->longs[i] = (struct option){
            .name = row->name,
            .has_arg = !takes_value(row)  ? no_argument
                       : row->is_optional ? optional_argument
                                          : required_argument,
            .val = ROW_VALUE(i),
        };
        if (row->letter == 0)
            continue;
        buf_addc(&shorts, row->letter);
        if (takes_value(row) && !row->is_optional)
            buf_addc(&shorts, ':');
    }
    buf_addc(&shorts, '\0');
    g->shorts = shorts.data;
}

static void
getopt_arrays_fini(struct getopt_arrays *g)
{
    free(g->longs);
    free(g->shorts);
}

/* The row that getopt_long() means by c or optopt, NULL: none. */
static const struct opt_row *
row_of(int c)
{
    size_t i = (size_t)c - ROW_VALUE(0);

    if (c >= ROW_VALUE(0))
        return i < table_nrows ? &table_rows[i] : NULL;
    return table_find_letter(c);
}

static void
uses_add(struct uses *uses, const struct opt_row *row, const char *value)
{
    /* Full at each power of two: letters can stand together ("-kv"), so
     * argc is no bound. */
    if ((uses->n & (uses->n - 1)) == 0) {
        size_t cap = uses->n ? uses->n * 2 : 1;

        uses->v = xrealloc(uses->v, cap * sizeof(*uses->v));
    }
    uses->v[uses->n++] = (struct use){row, value};
}

static const struct use *
uses_find(const struct uses *uses, const char *name)
{
    for (size_t i = 0; i < uses->n; i++) {
        if (strcmp(uses->v[i].row->name, name) == 0)
            return &uses->v[i];
    }
    return NULL;
}

/* Say which options word could be short for; false: fewer than two. */
static bool
report_ambiguous(const char *name, size_t len)
{
    struct buf list = BUF_INIT;
    size_t n = 0;

    for (size_t i = 0; i < table_nrows; i++) {
        if (strncmp(table_rows[i].name, name, len) == 0)
            buf_printf(&list, n++ ? ", --%s" : "--%s", table_rows[i].name);
    }
    if (n > 1)
        diag_error("--%.*s is ambiguous: %.*s", (int)len, name, (int)list.len,
                   list.data);
    buf_fini(&list);
    return n > 1;
}

/* word is what getopt_long() didn't know; a value after "=" isn't shown. */
static void
report_unknown(const char *word)
{
    const char *name = word + 2;
    size_t len = strcspn(name, "=");
    char *text;
    const char *near;

    if (report_ambiguous(name, len))
        return;
    text = xstrndup(name, len);
    near = table_suggest(text);
    if (near)
        diag_error("unknown option --%s; did you mean --%s?", text, near);
    else
        diag_error("unknown option --%s", text);
    free(text);
}

/* Report what getopt_long() returned '?' or ':' for. */
static void
report_rejected(int c, int badopt, const char *word)
{
    const struct opt_row *row = row_of(badopt);

    if (c == ':')
        diag_error("--%s needs a value: %s", row->name, row->arg);
    else if (badopt == 0)
        report_unknown(word);
    else if (row)
        diag_error("--%s takes no value", row->name);
    else
        diag_error("unknown option -%c", badopt);
}

/* --help's topic may be a word of its own: whatever comes next. */
static enum opts_status
print_help(const char *value, const char *next)
{
    const char *topic = value ? value : next;
    const char *near;

    switch (help_print(topic)) {
    case HELP_OK:
        return OPTS_DONE;
    case HELP_NOT_WRITTEN:
        return OPTS_FAILED;
    case HELP_NO_TOPIC:
        break;
    }
    near = table_suggest(topic + strspn(topic, "-"));
    if (near)
        diag_error("--help has no topic '%s'; did you mean '%s'?", topic, near);
    else
        diag_error("--help has no topic '%s'", topic);
    return OPTS_USAGE;
}

/* Take argv apart; its operands are behind *first when this is done. */
static enum opts_status
read_argv(int argc, char **argv, const struct getopt_arrays *g,
          struct uses *uses, int *first)
{
    int c;

    opterr = 0; /* the messages are ours */
    optind = 0; /* start anew, with glibc's own state, too */
    while ((c = getopt_long(argc, argv, g->shorts, g->longs, NULL)) != -1) {
        const struct opt_row *row = row_of(c);

        if (c == '?' || c == ':') {
            report_rejected(c, optopt, argv[optind - 1]);
            return OPTS_USAGE;
        }
        if (row->kind == OPT_HELP)
            return print_help(optarg, argv[optind]);
        if (row->kind == OPT_VERSION)
            return OPTS_VERSION;
        uses_add(uses, row, optarg);
    }
    *first = optind;
    return OPTS_RUN;
}

static int
report_contradiction(const char *a, const char *b)
{
    diag_error("--%s contradicts --%s", a, b);
    return -1;
}

/* Two picks for one field, as --http2 and --http1.1. */
static int
check_picks(const struct uses *uses)
{
    for (size_t i = 0; i < uses->n; i++) {
        const struct opt_row *a = uses->v[i].row;

        for (size_t j = 0; a->kind == OPT_PICK && j < i; j++) {
            const struct opt_row *b = uses->v[j].row;

            if (b->kind == OPT_PICK && a != b && a->offset == b->offset)
                return report_contradiction(b->name, a->name);
        }
    }
    return 0;
}

static bool
has_field(const struct opts *o, const char *name)
{
    for (size_t i = 0; i < o->fields.n; i++) {
        if (strcmp(o->fields.v[i], name) == 0)
            return true;
    }
    return o->fields.n == 0;
}

/* Would a later run know its own results again?  -1: no, reported. */
static int
check_resumable(const struct opts *o)
{
    static const char *const needed[] = {"index", "id", "url", "ok", "error"};

    if (o->resume && strcmp(o->output, "-") == 0) {
        diag_error("--resume needs a file as --output, not standard output");
        return -1;
    }
    for (size_t i = 0; o->resume && i < ARRAY_LEN(needed); i++) {
        if (!has_field(o, needed[i])) {
            diag_error("--resume needs the keys index, id, url, ok and error "
                       "among --fields, and '%s' is not",
                       needed[i]);
            return -1;
        }
    }
    return 0;
}

/* What can't be meant together.  -1: found some, reported. */
static int
check_together(const struct uses *uses, const struct opts *o)
{
    for (size_t i = 0; i < ARRAY_LEN(exclusions); i++) {
        const char *const *pair = exclusions[i];

        if (uses_find(uses, pair[0]) && uses_find(uses, pair[1]))
            return report_contradiction(pair[0], pair[1]);
    }
    for (size_t i = 0; i < ARRAY_LEN(needs); i++) {
        if (uses_find(uses, needs[i][0]) && !uses_find(uses, needs[i][1])) {
            diag_error("--%s needs --%s", needs[i][0], needs[i][1]);
            return -1;
        }
    }
    if (o->force_close && uses_find(uses, "keepalive-timeout") &&
        o->keepalive_us != 0)
        return report_contradiction("force-close", "keepalive-timeout");
    if (check_resumable(o) != 0)
        return -1;
    return check_picks(uses);
}

/* A variable of the environment under the first of two names that is set and
 * not empty; NULL: neither is. */
static const char *
environment(const char *name, const char *other)
{
    const char *value = getenv(name);

    if ((value == NULL || *value == '\0') && other)
        value = getenv(other);
    return value && *value ? value : NULL;
}

/*
 * Which proxy, by curl's rules: -x, else the scheme's own variable, else that
 * for all.  Of HTTP_PROXY only the lower case counts, since a CGI's client
 * can set the other one (as the header "Proxy").
 */
static void
settle_proxy(struct opts *o)
{
    const char *all = NULL;

    if (o->env_proxy) {
        all = environment("all_proxy", "ALL_PROXY");
        o->proxy_http = environment("http_proxy", NULL);
        o->proxy_https = environment("https_proxy", "HTTPS_PROXY");
    }
    if (o->env_proxy && o->noproxy == NULL)
        o->noproxy = environment("no_proxy", "NO_PROXY");
    if (o->proxy_http == NULL)
        o->proxy_http = all;
    if (o->proxy_https == NULL)
        o->proxy_https = all;
    if (o->proxy) {
        o->proxy_http = o->proxy;
        o->proxy_https = o->proxy;
    }
}

static struct hostset *
make_hostset(const struct strings *patterns)
{
    return patterns->n ? hostset_new(patterns->v, patterns->n) : NULL;
}

/*
 * The control thread takes a twentieth of the work, so it would feed more than
 * MAX_THREADS; that two fetch half as much again on two CPUs, beside their
 * servers, is what tests/bench has measured.  A host that may have fewer
 * connections than there are threads is bound to some of them, and then small
 * shares of --limit are not filled evenly.
 */
static uint32_t
default_threads(const struct opts *o)
{
    cpu_set_t cpus;
    uint32_t n = 1, least = LEAST_PER_THREAD;

    if (sched_getaffinity(0, sizeof(cpus), &cpus) == 0)
        n = (uint32_t)CPU_COUNT(&cpus);
    if (n > MAX_THREADS)
        n = MAX_THREADS;
    if (o->limit_per_host != 0 && o->limit_per_host < n)
        least = LEAST_PER_THREAD_BOUND;
    if (o->limit != 0 && n > o->limit / least)
        n = o->limit / least;
    return n > 0 ? n : 1;
}

static int
settle_interface(struct opts_store *store)
{
    struct opts *o = &store->opts;
    const char *found;

    if (o->interface == NULL)
        return 0;
    found = interface_find(o->interface, o->ip_version, &store->mem);
    if (found == NULL) {
        diag_error("--interface must be an interface, an address or a host of "
                   "this machine, not '%s'",
                   o->interface);
        return -1;
    }
    o->interface = found;
    return 0;
}

/* Bring fields that depend on each other in line.  -1: reported. */
static int
settle(struct opts_store *store)
{
    struct opts *o = &store->opts;

    settle_proxy(o);
    if (o->output && strcmp(o->output, "-") == 0)
        o->output = NULL;
    o->allow = make_hostset(&o->allow_hosts);
    o->deny = make_hostset(&o->deny_hosts);
    if (o->netrc)
        o->netrc_machines = netrc_read();
    if (o->keepalive_us == 0)
        o->force_close = true;
    if (o->force_close)
        o->keepalive_us = 0;
    if (o->threads == 0)
        o->threads = default_threads(o);
    if (o->limit != 0 && o->threads > o->limit)
        o->threads = o->limit;
    return settle_interface(store);
}

/* Do the URLs come from somewhere else than standard input? */
static bool
stdin_is_free(const struct opts *o)
{
    for (size_t i = 0; i < o->noperands; i++) {
        if (strcmp(o->operands[i], "-") == 0)
            return false;
    }
    return o->noperands > 0;
}

static int
apply(const struct uses *uses, struct opts_store *store)
{
    for (size_t i = 0; i < uses->n; i++) {
        if (value_set(store, uses->v[i].row, uses->v[i].value) != 0)
            return -1;
    }
    if (check_together(uses, &store->opts) != 0)
        return -1;
    return settle(store);
}

enum opts_status
opts_parse(int argc, char **argv, struct opts **opts)
{
    struct getopt_arrays arrays;
    struct uses uses = {NULL, 0};
    struct opts_store *store = NULL;
    int first = argc;
    enum opts_status status;

    *opts = NULL;
    getopt_arrays_init(&arrays);
    status = read_argv(argc, argv, &arrays, &uses, &first);
    if (status != OPTS_RUN)
        goto out;

    store = value_store_new();
    if (first < argc) {
        store->opts.operands = (const char *const *)argv + first;
        store->opts.noperands = (size_t)(argc - first);
    }
    store->stdin_is_free = stdin_is_free(&store->opts);
    if (apply(&uses, store) != 0) {
        status = OPTS_USAGE;
        goto out;
    }
    *opts = &store->opts;
    store = NULL;

out:
    if (status == OPTS_USAGE)
        fputs("Try 'fanfetch --help'\n", stderr);
    value_store_free(store);
    free(uses.v);
    getopt_arrays_fini(&arrays);
    return status;
}

void
opts_free(struct opts *opts)
{
    value_store_free((struct opts_store *)opts);
}
