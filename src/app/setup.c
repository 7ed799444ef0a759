/*
 * setup.c - creates the parts of the run from the options, and frees them.
 */
#include "app/state.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/app.h"
#include "app/capacity.h"
#include "app/files.h"
#include "app/finisher.h"
#include "app/reserve.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/mark.h"
#include "body/body_name.h"
#include "body/name_template.h"
#include "body/part.h"
#include "body/room.h"
#include "body/store.h"
#include "dns/overrides.h"
#include "dns/resolver.h"
#include "engine/cookies.h"
#include "engine/engine.h"
#include "engine/pace.h"
#include "engine/thread.h"
#include "input/select.h"
#include "input/source.h"
#include "job/job.h"
#include "job/options.h"
#include "output/order.h"
#include "output/resume.h"
#include "output/since_index.h"
#include "output/sink.h"
#include "output/trace.h"
#include "output/warc.h"
#include "report/report.h"
#include "sched/sched.h"

static int
start_finisher(struct app *a)
{
    a->finisher = finisher_new(&(struct finisher_config){
        .finish = results_make,
        .wake = app_wake,
        .ctx = a,
        .is_exclusive = a->warc != NULL,
    });
    return a->finisher ? 0 : -1;
}

/* Distribute the engines over the threads in turn. */
static int
start_engines(struct app *a, const struct sched_config *c)
{
    unsigned nthreads =
        a->opts->threads < c->nengines ? a->opts->threads : c->nengines;

    assert(nthreads > 0);
    a->threads = xcalloc(nthreads, sizeof(*a->threads));
    a->engines = xcalloc(c->nengines, sizeof(*a->engines));
    a->outgoing = xcalloc(c->nengines, sizeof(*a->outgoing));
    for (; a->nthreads < nthreads; a->nthreads++) {
        a->threads[a->nthreads] = thread_new();
        if (!a->threads[a->nthreads])
            return -1;
    }
    for (unsigned i = 0; i < c->nengines; i++) {
        a->engines[i] = engine_new(&(struct engine_config){
            .thread = a->threads[i % nthreads],
            .opts = a->opts,
            .bodies = &a->bodies,
            .captures = a->warc ? warc_capture_env(a->warc) : NULL,
            .cookies = a->cookies,
            .pace = a->pace,
            .limit = sched_engine_limit(c, i),
            .limit_per_host = sched_engine_limit_per_host(c, i),
            .on_hop = results_on_hop,
            .ctx = a,
            .wake = app_wake,
            .wake_ctx = a,
        });
        if (!a->engines[i])
            return -1;
        job_list_init(&a->outgoing[i]);
        a->nengines++;
    }
    for (unsigned i = 0; i < nthreads; i++)
        if (thread_start(a->threads[i]))
            return -1;
    return 0;
}

static void
stop_engines(struct app *a)
{
    for (unsigned i = 0; i < a->nthreads; i++)
        thread_stop(a->threads[i]);
    for (unsigned i = 0; i < a->nengines; i++)
        engine_free(a->engines[i]);
    for (unsigned i = 0; i < a->nthreads; i++)
        thread_free(a->threads[i]);
    free(a->threads);
    free(a->engines);
    free(a->outgoing);
}

/* ---- the parts, in the order in which data passes through them ---------- */

/* Each function returns an exit status if it fails, which was reported, or 0.
 */

static int
open_source(struct app *a)
{
    const struct opts *opts = a->opts;

    a->source = source_new(opts->operands, opts->noperands);
    if (opts->input_format == INPUT_CSV || opts->input_format == INPUT_TSV)
        source_set_separator(a->source,
                             opts->input_format == INPUT_CSV ? ',' : '\t');
    else if (opts->input_format == INPUT_SITEMAP)
        source_set_sitemap(a->source);
    return files_check(opts, a->source) ? EXIT_USAGE : 0;
}

/* Read the results of an earlier run for --since. */
static int
load_earlier(struct app *a)
{
    const char *path = a->opts->since;
    struct stat st;

    if (!path)
        return 0;
    if (stat(path, &st) != 0 && errno == ENOENT) {
        if (!a->opts->quiet)
            diag_note("there is no '%s', so every result counts as new", path);
        return 0;
    }
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        diag_error("--since needs a regular file, and '%s' is not one", path);
        return EXIT_USAGE;
    }
    a->since = since_index_load(path);
    return a->since ? 0 : EXIT_INPUT;
}

/* Open the --warc archive, if requested. */
static int
open_archive(struct app *a)
{
    if (!a->opts->warc)
        return 0;
    switch (warc_open(a->opts, &a->warc)) {
    case WARC_OPENED:
        return 0;
    case WARC_REFUSED:
        return EXIT_USAGE;
    case WARC_FAILED:
        break;
    }
    return EXIT_OUTPUT;
}

static int
open_sink(struct app *a)
{
    a->sink = sink_new(a->opts->output);
    return a->sink ? 0 : EXIT_OUTPUT;
}

/* Read the results of an earlier run for --resume. */
static int
load_results(struct app *a)
{
    if (!a->opts->resume)
        return 0;
    if (!sink_is_file(a->sink)) {
        diag_error("--resume needs a regular file, and '%s' is not one",
                   a->opts->output);
        return EXIT_OUTPUT;
    }
    a->resume = resume_load(a->opts->output, sink_fd(a->sink),
                            a->opts->retry_failed, a->opts->output_dir != NULL);
    return a->resume ? 0 : EXIT_OUTPUT;
}

static void
drop_body(void *ctx, const char *name, int64_t size)
{
    const struct app *a = ctx;

    body_name_drop(&a->bodies, name, size);
}

/* Remove the results of records that are fetched again, and their files.
 * Without an input none is fetched, and a list whose name is mistyped costs no
 * result. */
static int
drop_stale_results(struct app *a)
{
    struct resume_bodies bodies = {a->opts->output_dir, drop_body, a};
    int new_fd = -1;

    source_set_output(a->source, sink_fd(a->sink));
    if (!a->resume || !source_may_be_read(a->source))
        return 0;
    if (resume_remove(a->resume, bodies.dir ? &bodies : NULL, &new_fd) != 0)
        return EXIT_OUTPUT;
    if (new_fd >= 0) {
        sink_set_fd(a->sink, new_fd);
        source_set_output(a->source, new_fd);
    }
    return 0;
}

/* Open what tells people of the run: --trace, the status line, the summary. */
static int
open_reports(struct app *a)
{
    if (a->opts->trace) {
        a->trace = trace_new(a->opts, clock_now_us());
        if (!a->trace)
            return EXIT_OUTPUT;
    }
    a->report = report_new(a->opts);
    return a->report ? 0 : EXIT_OUTPUT;
}

static bool
may_replace(const void *ctx, const char *path)
{
    const struct app *a = ctx;

    /* Any file, but for those that results of earlier runs tell of. */
    if (a->opts->existing == EXISTING_REPLACE)
        return !resume_has_file(a->resume, path);
    /* That of a result that is fetched again, or that a killed run stored
     * without writing its result. */
    return resume_may_replace(a->resume, path) ||
           (!resume_has_file(a->resume, path) &&
            store_has_mark(a->bodies.store, path));
}

/*
 * Mark the files of bodies with the mark of the results.  If these are new, the
 * mark is, too.  If they are empty, only files stored since then count as
 * theirs: a run may have been killed before its first result, but somebody who
 * empties a file of results has done with what it told of.
 */
static void
mark_bodies(struct app *a)
{
    int fd = sink_fd(a->sink);
    char mark[MARK_TEXT];
    struct timespec since = {0};
    struct stat st;

    if (!a->opts->output || !sink_is_file(a->sink) || fstat(fd, &st) != 0)
        return;
    if (!a->opts->resume || !mark_get(fd, mark)) {
        mark_make(mark);
        mark_set(fd, mark);
    }
    if (st.st_size == 0)
        since = st.st_mtim;
    store_set_mark(a->bodies.store, mark, since);
}

/* Open the folder of --output-dir, if given. */
static int
open_store(struct app *a)
{
    const struct opts *opts = a->opts;

    if (!opts->output_dir)
        return 0;
    if (!opts->quiet && template_index_may_clash(opts->output_name))
        diag_warn("--output-name '%s' can give two records one name: set "
                  "{index} apart from other values",
                  opts->output_name);
    a->bodies.store = store_open(
        opts->output_dir, opts->resume || opts->existing == EXISTING_REPLACE);
    if (!a->bodies.store)
        return EXIT_OUTPUT;
    reserve_files(opts, a->bodies.store);
    mark_bodies(a);
    if (opts->continues) {
        a->bodies.parts = parts_open(a->bodies.store);
        if (!a->bodies.parts)
            return EXIT_OUTPUT;
    }
    if (a->resume) {
        a->bodies.may_replace = may_replace;
        a->bodies.ctx = a;
    }
    return 0;
}

static int
open_bodies(struct app *a)
{
    char day[CLOCK_TEXT];

    a->bodies.opts = a->opts;
    a->bodies.room = room_new();
    clock_format(clock_wall_us(), day);
    memcpy(a->bodies.date, day, BODY_DATE - 1);
    return open_store(a);
}

static int
open_resolver(struct app *a)
{
    struct resolver_config config = {
        .family = a->opts->ip_version,
        /* Shorter than the scheduler's: the scheduler looks a name up again a
         * little early and must not get the answer it already has. */
        .ttl_us = a->opts->dns_cache_ttl_us / 4 * 3,
        .servers = a->opts->dns_servers,
    };
    const char *why;

    a->overrides = overrides_new(a->opts->resolve.v, a->opts->resolve.n);
    a->resolver = resolver_new(a->loop, &config, &why);
    if (a->resolver)
        return 0;
    diag_error("cannot use the name servers: %s", why);
    return EXIT_USAGE;
}

static int
read_cookies(struct app *a)
{
    return cookies_new(a->opts, &a->cookies) ? EXIT_USAGE : 0;
}

static int
open_jar(struct app *a)
{
    return cookies_open_jar(a->cookies, a->opts) ? EXIT_OUTPUT : 0;
}

static int
open_scheduler(struct app *a)
{
    const struct opts *opts = a->opts;
    struct sched_config c = capacity_config(opts);

    a->pool = job_pool_new();
    room_expect(a->bodies.room, opts->concurrency || !c.auto_limit
                                    ? c.concurrency
                                    : c.auto_limit);
    if (opts->ordered)
        a->order = order_new(a->sink, (size_t)opts->look_ahead + c.concurrency);
    if (opts->unique)
        a->select = select_new();
    a->sched = sched_new(&c);
    mail_init(&a->mail);
    a->pace = pace_new(opts->limit_rate, opts->limit_rate_per_host);
    if (start_finisher(a) || start_engines(a, &c))
        return EXIT_OUTPUT;
    /* For a look-up and a connection. */
    if (fs_can_open_two())
        return 0;
    diag_error("too few descriptors: no connection could be opened; raise the "
               "limit with ulimit -n");
    return EXIT_OUTPUT;
}

int
setup_start(struct app *a)
{
    /* Usage errors are found before any file is opened for writing, and the
     * results are changed last, when nothing can refuse the run. */
    static int (*const steps[])(struct app *) = {
        open_source,  load_earlier,   open_resolver, read_cookies,
        open_archive, open_sink,      load_results,  open_reports,
        open_bodies,  open_scheduler, open_jar,      drop_stale_results,
    };
    int status = 0;

    for (size_t i = 0; i < ARRAY_LEN(steps) && status == 0; i++)
        status = steps[i](a);
    return status;
}

/* Returns -1 if a file could not be completed. */
int
setup_stop(struct app *a)
{
    int ret;

    stop_engines(a);
    finisher_free(a->finisher);
    pace_free(a->pace);
    parts_close(a->bodies.parts);
    store_close(a->bodies.store);
    room_free(a->bodies.room);
    resolver_free(a->resolver); /* calls none of its callbacks */
    dispatch_forget_lookups(a);
    overrides_free(a->overrides);
    if (a->sched) {
        mail_fini(&a->mail);
        sched_free(a->sched);
    }
    source_free(a->source);
    job_pool_free(a->pool);
    order_free(a->order);
    select_free(a->select);
    sink_free(a->sink);
    report_free(a->report);
    trace_free(a->trace);
    resume_free(a->resume);
    since_index_free(a->since);
    ret = cookies_free(a->cookies);
    if (warc_close(a->warc))
        ret = -1;
    return ret;
}
