#include "cli/opts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/term.h"
#include "body/expect.h"
#include "cli/argv.h"
#include "cli/config.h"
#include "cli/contradictions.h"
#include "cli/foreign.h"
#include "cli/guess.h"
#include "cli/help.h"
#include "cli/interface.h"
#include "cli/table.h"
#include "cli/used.h"
#include "cli/value.h"
#include "url/hostset.h"
#include "url/netrc.h"

/* The number of threads started by default, and the least connections that
 * each must then have. */
#define MAX_THREADS            4
#define LEAST_PER_THREAD       2
#define LEAST_PER_THREAD_BOUND 16 /* if hosts are bound to threads */

/* Print the help, or report an unknown topic. */
static enum opts_status
print_help(const char *topic)
{
    const char *name = topic ? topic + strspn(topic, "-") : "";
    const char *near;

    if (strcmp(name, "schema") == 0)
        return OPTS_SCHEMA;
    if (strcmp(name, "keys") == 0)
        return OPTS_KEYS;
    switch (help_print(topic)) {
    case HELP_OK:
        return OPTS_DONE;
    case HELP_NOT_WRITTEN:
        return OPTS_FAILED;
    case HELP_NO_TOPIC:
        break;
    }
    near =
        strlen(name) == 1 ? foreign_answer_letter(*name) : foreign_answer(name);
    if (near) {
        diag_error("--help has no topic '%s': %s", topic, near);
        return OPTS_USAGE;
    }
    near = help_suggest(name);
    if (near)
        diag_error("--help has no topic '%s'; did you mean '%s'?", topic, near);
    else
        diag_error("--help has no topic '%s'", topic);
    return OPTS_USAGE;
}

static enum opts_status
read_argv(int argc, char **argv, struct uses *uses)
{
    const char *topic = NULL;

    switch (argv_read(argc, argv, uses, &topic)) {
    case ARGV_HELP:
        return print_help(topic);
    case ARGV_VERSION:
        return OPTS_VERSION;
    case ARGV_USAGE:
        return OPTS_USAGE;
    case ARGV_OK:
        break;
    }
    return OPTS_RUN;
}

/* The value of the first of two environment variables that is set and not
 * empty, or NULL. */
static const char *
environment(const char *name, const char *other)
{
    const char *value = getenv(name);

    if ((!value || *value == '\0') && other)
        value = getenv(other);
    return value && *value ? value : NULL;
}

/*
 * Choose the proxy by curl's rules: -x, else the variable for the scheme, else
 * the one for all schemes.  HTTP_PROXY counts only in lower case, since the
 * client of a CGI script can set the other one (as the header "Proxy").
 */
static void
complete_proxy(struct opts *o)
{
    const char *all = NULL;

    if (o->env_proxy) {
        all = environment("all_proxy", "ALL_PROXY");
        o->proxy_http = environment("http_proxy", NULL);
        o->proxy_https = environment("https_proxy", "HTTPS_PROXY");
    }
    if (o->env_proxy && !o->noproxy)
        o->noproxy = environment("no_proxy", "NO_PROXY");
    if (!o->proxy_http)
        o->proxy_http = all;
    if (!o->proxy_https)
        o->proxy_https = all;
    if (o->proxy) {
        o->proxy_http = o->proxy;
        o->proxy_https = o->proxy;
    }
}

/* Take authorities from the environment, by curl's rules, unless an option
 * names some. */
static void
complete_authorities(struct opts *o)
{
    const char *bundle = environment("CURL_CA_BUNDLE", NULL);

    if (o->cacert || o->capath)
        return;
    o->cacert = bundle ? bundle : environment("SSL_CERT_FILE", NULL);
    o->capath = bundle ? NULL : environment("SSL_CERT_DIR", NULL);
}

/* Refuse credentials if no proxy could get them. */
static int
check_proxy_user(const struct opts *o)
{
    bool has_proxy = (o->proxy_http && *o->proxy_http) ||
                     (o->proxy_https && *o->proxy_https);

    if (!o->proxy_user || has_proxy)
        return 0;
    diag_error("--proxy-user needs a proxy: --proxy, or http_proxy, "
               "HTTPS_PROXY or ALL_PROXY in the environment");
    return -1;
}

static struct hostset *
make_hostset(const struct strings *patterns)
{
    return patterns->n ? hostset_new(patterns->v, patterns->n) : NULL;
}

/*
 * The control thread does a twentieth of the work, so it could feed more than
 * MAX_THREADS.  Measured with tests/bench: two threads fetch half as much
 * again on two CPUs that also run the servers.  A host that may have fewer
 * connections than there are threads is bound to some of them, and then small
 * shares of --limit are not filled evenly.
 */
static uint32_t
default_threads(const struct opts *o)
{
    uint32_t n = clock_ncpus(), least = LEAST_PER_THREAD;

    if (n > MAX_THREADS)
        n = MAX_THREADS;
    if (o->limit_per_host != 0 && o->limit_per_host < n)
        least = LEAST_PER_THREAD_BOUND;
    if (o->limit != 0 && n > o->limit / least)
        n = o->limit / least;
    return n > 0 ? n : 1;
}

/* --format=text may write to a terminal. */
static void
complete_format(struct opts *o)
{
    if (strcmp(o->format, "json") == 0)
        return;
    o->format_kind =
        strcmp(o->format, "text") == 0 ? FORMAT_TEXT : FORMAT_TEMPLATE;
    if (o->format_kind == FORMAT_TEXT && isatty(STDOUT_FILENO)) {
        o->text_is_cut = true;
        o->text_colors = term_has_colors(STDOUT_FILENO);
    }
}

/* Add a header unless the options have one of that name. */
static void
add_default_header(struct opts_store *store, const char *name,
                   const char *value)
{
    struct opts *o = &store->opts;
    size_t len = strlen(name);
    struct buf line = BUF_INIT;

    for (size_t i = 0; i < o->headers.n; i++) {
        const char *given = o->headers.v[i];

        if (strncasecmp(given, name, len) == 0 &&
            (given[len] == ':' || given[len] == ';'))
            return;
    }
    buf_printf(&line, "%s: %s", name, value);
    strings_add(&store->mem, &o->headers,
                arena_strndup(&store->mem, line.data, line.len));
    buf_fini(&line);
}

/* The data of -G becomes part of a URL, so it ends at a NUL.  That of --json
 * keeps its headers, as with curl. */
static void
complete_query(struct opts_store *store)
{
    struct opts *o = &store->opts;

    if (o->data_is_json) {
        add_default_header(store, "Content-Type", "application/json");
        add_default_header(store, "Accept", "application/json");
    }

    o->query = arena_strndup(&store->mem, o->data, o->data_len);
    o->data = NULL;
    o->data_len = 0;
    o->data_is_json = false;
}

static int
complete_files(struct opts *o)
{
    if (!o->allow_files)
        return 0;
    o->files = beneath_new(o->allow_files);
    if (o->files)
        return 0;
    diag_error("cannot open '%s' for --allow-files: %s", o->allow_files,
               strerror(errno));
    return -1;
}

static int
complete_interface(struct opts_store *store)
{
    struct opts *o = &store->opts;
    const char *found;

    if (!o->interface)
        return 0;
    found = interface_find(o->interface, o->ip_version, &store->mem);
    if (!found) {
        diag_error("--interface must be an interface, an address or a host of "
                   "this machine, not '%s'",
                   o->interface);
        return -1;
    }
    o->interface = found;
    return 0;
}

static int
complete_expect(struct opts *o)
{
    struct expect_flaw flaw;

    if (!o->expect)
        return 0;
    o->expect_code = expect_new(o->expect, strlen(o->expect), &flaw);
    if (!o->expect_code) {
        diag_error("--expect must be a regular expression; '%s' is none at "
                   "byte %zu: %s",
                   o->expect, flaw.at + 1, flaw.what);
        return -1;
    }
    return 0;
}

/* Set fields that depend on others.  Returns -1 if that fails, which was
 * reported. */
static int
complete(struct opts_store *store)
{
    struct opts *o = &store->opts;

    complete_proxy(o);
    complete_authorities(o);
    if (check_proxy_user(o) != 0 || complete_files(o) != 0)
        return -1;
    if (o->get && o->data)
        complete_query(store);
    if (o->output && strcmp(o->output, "-") == 0)
        o->output = NULL;
    complete_format(o);
    if (complete_expect(o) != 0)
        return -1;
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
    return complete_interface(store);
}

/* Is standard input not needed for URLs? */
static bool
stdin_is_free(const struct opts *o)
{
    for (size_t i = 0; i < o->noperands; i++) {
        if (strcmp(o->operands[i], "-") == 0)
            return false;
    }
    return o->noperands > 0;
}

/* Options from standard input leave none for a list or a body. */
static int
check_stdin(const struct uses *uses, struct opts_store *store)
{
    for (size_t i = 0; i < uses->n; i++) {
        if (strcmp(uses->v[i].row->name, "config") != 0 ||
            strcmp(uses->v[i].value, "-") != 0)
            continue;
        if (!store->stdin_is_free) {
            diag_error("--config - reads options from standard input, so the "
                       "URLs must be operands or in a file");
            return -1;
        }
        store->stdin_is_free = false;
        break;
    }
    return 0;
}

static int
apply(const struct uses *uses, struct opts_store *store)
{
    for (size_t i = 0; i < uses->n; i++) {
        struct opt_row row = *uses->v[i].row;

        row.place = uses->v[i].place;
        if (guess_check(&uses->v[i]) != 0 ||
            value_set(store, &row, uses->v[i].value) != 0)
            return -1;
    }
    if (contradictions_check(uses, &store->opts) != 0)
        return -1;
    return complete(store);
}

static void
store_operands(struct opts_store *store, const struct uses *uses)
{
    size_t size = uses->noperands * sizeof(*uses->operands);
    const char **v;

    if (size == 0)
        return;
    v = arena_alloc(&store->mem, size);
    memcpy(v, uses->operands, size);
    store->opts.operands = v;
    store->opts.noperands = uses->noperands;
}

/* Does the command line exclude an option of a file, or the one of a file that
 * this one needs? */
static bool
is_overruled(const struct use *use, const struct uses *config,
             const struct uses *uses)
{
    const char *name = contradictions_needed(use);
    const struct use *needed = name ? uses_find(config, name) : NULL;

    for (size_t i = 0; i < uses->n; i++) {
        if (contradictions_exclude(use, &uses->v[i]))
            return true;
    }
    return needed && !uses_find(uses, name) &&
           is_overruled(needed, config, uses);
}

/* Put a file's options before the command line, which takes precedence where
 * they contradict each other. */
static void
put_before(const struct uses *config, struct uses *uses)
{
    struct uses all = {0};

    for (size_t i = 0; i < config->n; i++) {
        if (!is_overruled(&config->v[i], config, uses))
            uses_add(&all, &config->v[i]);
    }
    for (size_t i = 0; i < uses->n; i++)
        uses_add(&all, &uses->v[i]);
    for (size_t i = 0; i < config->noperands; i++)
        uses_add_operand(&all, config->operands[i]);
    for (size_t i = 0; i < uses->noperands; i++)
        uses_add_operand(&all, uses->operands[i]);
    uses_fini(uses);
    *uses = all;
}

/* Read FANFETCH_CONFIG first, then each --config in order. */
static int
read_configs(struct opts_store *store, struct uses *uses)
{
    const char *path = environment("FANFETCH_CONFIG", NULL);
    struct uses config = {0};
    int rc = path ? config_read(path, &store->mem, &config) : 0;

    for (size_t i = 0; rc == 0 && i < uses->n; i++) {
        if (strcmp(uses->v[i].row->name, "config") == 0)
            rc = config_read(uses->v[i].value, &store->mem, &config);
    }
    if (rc == 0 && (config.n > 0 || config.noperands > 0))
        put_before(&config, uses);
    uses_fini(&config);
    return rc;
}

enum opts_status
opts_parse(int argc, char **argv, struct opts **opts)
{
    struct uses uses = {0};
    struct opts_store *store = NULL;
    enum opts_status status;

    *opts = NULL;
    status = read_argv(argc, argv, &uses);
    if (status != OPTS_RUN)
        goto out;

    store = value_store_new();
    if (read_configs(store, &uses) != 0) {
        status = OPTS_USAGE;
        goto out;
    }
    uses_drop_undone(&uses);
    store_operands(store, &uses);
    store->stdin_is_free = stdin_is_free(&store->opts);
    if (check_stdin(&uses, store) != 0 || apply(&uses, store) != 0) {
        status = OPTS_USAGE;
        goto out;
    }
    if (store->opts.warc)
        store->opts.used =
            used_text(&uses, store->opts.show_secrets, &store->mem);
    if (store->opts.report)
        store->opts.command =
            used_command(&uses, store->opts.show_secrets, &store->mem);
    *opts = &store->opts;
    store = NULL;

out:
    if (status == OPTS_USAGE)
        fputs("Try 'fanfetch --help'\n", stderr);
    value_store_free(store);
    uses_fini(&uses);
    return status;
}

void
opts_free(struct opts *opts)
{
    value_store_free((struct opts_store *)opts);
}
