/*
 * intake.c - reads records while there is room for them, and turns each into a
 * job of the scheduler or directly into a result.
 */
#include "app/state.h"

#include <string.h>

#include "app/next.h"
#include "app/request_url.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/redact.h"
#include "body/body.h"
#include "body/body_name.h"
#include "body/safe_name.h"
#include "input/refuse.h"
#include "input/request_csv.h"
#include "input/request_json.h"
#include "input/select.h"
#include "input/source.h"
#include "job/job.h"
#include "job/options.h"
#include "job/request_hash.h"
#include "output/order.h"
#include "output/resume.h"
#include "output/since.h"
#include "output/trace.h"
#include "sched/sched.h"
#include "url/access.h"
#include "url/route.h"
#include "url/url.h"

/* Records read in one turn, and their bytes while the run goes on, so that
 * results and signals do not wait long: a MiB takes up to 30 ms. */
#define READS_PER_TURN      256
#define READ_BYTES_PER_TURN ((size_t)1024 * 1024)

/* Limit on the bytes of held records.  --look-ahead counts records, but one
 * may be 1 MiB.  As many as it says are held if their mean cost is no more
 * than ORDINARY_BYTES. */
#define HELD_MAX_BYTES ((size_t)64 * 1024 * 1024)
#define ORDINARY_BYTES ((size_t)3 * 1024)

/* Approximate size of what --since keeps in memory for a record's earlier
 * result. */
#define EARLIER_BYTES 512

/* Warn about results in the --resume file that no record asked for. */
void
intake_end(const struct app *a)
{
    size_t n = a->resume ? resume_nleft(a->resume) : 0;

    if (n > 0 && a->input_ended && !a->opts->quiet)
        diag_note("'%s' has %zu results of records that are not in %s; they "
                  "stay",
                  a->opts->output, n,
                  a->opts->shard_n ? "this part of the list" : "the list");
}

/* Did an earlier run complete this record? */
static bool
is_done(struct app *a, const struct job *j)
{
    return a->resume &&
           resume_take(a->resume, &(struct resume_record){
                                      .method = j->first.method,
                                      .url = j->url_given,
                                      .url_len = j->url_given_len,
                                      .id = j->id,
                                      .request_hash = j->request_hash,
                                      .is_repeat = j->is_repeat,
                                      .is_refused = result_is_refused(&j->res),
                                  });
}

/* Find the record's result of an earlier run.  It is kept until the record's
 * line is written. */
static void
find_earlier(struct app *a, struct job *j)
{
    if (!a->since)
        return;
    since_find(a->since, a->opts, j);
    if (j->earlier) {
        j->cost += EARLIER_BYTES;
        a->held_bytes += EARLIER_BYTES;
    }
}

/* The record gets no line in this run; count it in *count. */
static void
skip(struct app *a, struct job *j, uint64_t *count)
{
    if (a->order)
        order_skip(a->order, j->index);
    (*count)++;
    a->held_bytes -= j->cost;
    job_free(a->pool, j);
}

/* Make a request of a record.  Returns -1 if it is invalid; the job's result
 * says why. */
static int
parse_record(struct app *a, const struct record *rec, struct job *j)
{
    struct url_flaw flaw;
    int ret = rec->head ? request_csv_parse(rec, j)
                        : request_json_parse(rec, a->opts->input_format, j);

    j->request_hash = request_hash(&j->first, &j->mem);
    next_first(j, a->opts);
    if (ret)
        return -1;
    if (request_url_parse(j, a->opts, &flaw))
        return record_refuse(rec, j, flaw.code, "%s", flaw.message);
    if (request_has_own_body(&j->first) && request_has_files(&j->first)) {
        if (!a->opts->files)
            return record_refuse(rec, j, "file_denied",
                                 "files of records are sent only with "
                                 "--allow-files");
        record_note_place(rec, j);
    }
    if (a->bodies.store && j->output_name && !safe_name_check(j->output_name)) {
        result_fail(&j->res, ERR_WRITE, "name_invalid", PHASE_INPUT, false,
                    "output_name '%.150s' is not a name within the output "
                    "folder",
                    j->output_name);
        return -1;
    }
    return 0;
}

/* Does the record belong to another shard? */
static bool
is_of_other_shard(const struct app *a, const struct job *j)
{
    const struct opts *opts = a->opts;
    const char *host = j->origin.host;
    size_t len = host ? strlen(host) : 0;

    if (!opts->shard_n)
        return false;
    if (len > 1 && host[len - 1] == '.')
        len--; /* the same host, by its full name */
    if (host)
        return !select_is_mine(opts->shard_k, opts->shard_n, host, len);
    return !select_is_mine(opts->shard_k, opts->shard_n, j->url_given,
                           j->url_given_len);
}

/* Finish a record that repeats an earlier request or whose file exists
 * already.  Nothing is fetched; the result only refers to the other record or
 * the file. */
static void
finish_unsent(struct app *a, struct job *j)
{
    j->res.done_us = clock_now_us();
    results_write(a, j);
}

/*
 * Queue a record for its host, unless an option forbids requests to that host.
 */
static void
enqueue(struct app *a, struct job *j)
{
    struct url_flaw flaw;

    route_select(a->opts, &j->origin, &j->mem);
    j->target = j->origin;
    if (access_check_url(a->opts, &j->target, &flaw) ||
        access_check_header(a->opts, j, &flaw)) {
        result_fail(&j->res, ERR_BLOCKED, flaw.code, PHASE_INPUT, false, "%s",
                    flaw.message);
        results_finish(a, j);
        return;
    }
    if (route_check(a->opts, &j->target, &j->mem, &flaw)) {
        result_fail(&j->res, j->target.proxy ? ERR_PROXY : ERR_DNS, flaw.code,
                    PHASE_DNS, false, "%s", flaw.message);
        results_finish(a, j);
        return;
    }
    if (a->trace)
        trace_queued(a->trace, j, j->read_at_us);
    sched_add(a->sched, j, j->read_at_us);
}

/*
 * Show the text of a refused URL, redacted.  A password may be anywhere in it:
 * a character that was typed by mistake may have divided it.
 */
static void
hide_refused_url(const struct app *a, struct job *j)
{
    const char *code = j->res.error.code;
    struct buf shown = BUF_INIT;

    if (!j->url_given || a->opts->show_secrets ||
        (strcmp(code, "url_malformed") != 0 &&
         strcmp(code, "scheme_unsupported") != 0))
        return;
    redact_refused(&shown, j->url_given, j->url_given_len);
    if (shown.len != j->url_given_len ||
        memcmp(shown.data, j->url_given, shown.len) != 0) {
        j->first.own |= OWN_URL;
        j->url_given = arena_strndup(&j->mem, shown.data, shown.len);
        j->url_given_len = shown.len;
    }
    buf_fini(&shown);
}

/* Turn one record into a job, or directly into a result. */
static void
admit(struct app *a, const struct record *rec, int64_t now_us)
{
    struct job *j = job_new(a->pool);
    bool is_usable;

    j->index = a->nread++;
    j->read_at_us = now_us;
    j->cost = sizeof(*j) + rec->len;
    j->keeps_request = a->opts->keep_request;
    is_usable = parse_record(a, rec, j) == 0;
    if (!is_usable)
        hide_refused_url(a, j);
    a->held_bytes += j->cost;
    if (is_of_other_shard(a, j)) {
        skip(a, j, &a->nother_shards);
        return;
    }
    /* Records that an earlier run completed are noted, too, since repeats of
     * them may follow. */
    if (is_usable && a->select)
        j->is_repeat = select_is_repeat(a->select, j, &j->duplicate_of);
    if (is_done(a, j)) {
        skip(a, j, &a->nskipped);
        return;
    }
    if (is_usable && !j->is_repeat)
        find_earlier(a, j);
    if (!is_usable)
        results_finish(a, j);
    else if (a->state != APP_RUNNING && !j->is_repeat)
        results_finish_aborted(a, j);
    else if (j->is_repeat || body_name_is_kept(&a->bodies, j))
        finish_unsent(a, j);
    else
        enqueue(a, j);
}

static size_t
held_max_bytes(const struct opts *opts)
{
    size_t ordinary = opts->look_ahead * ORDINARY_BYTES;

    return ordinary > HELD_MAX_BYTES ? ordinary : HELD_MAX_BYTES;
}

/*
 * The records that --look-ahead counts.  Those whose names are being looked up
 * do not wait for a turn, so they leave their places to as many others.  Names
 * that no server answers would otherwise stop the reading for 12 seconds.
 */
static size_t
nheld(const struct app *a)
{
    size_t nlooking = sched_nlooking(a->sched), most = a->opts->look_ahead;

    return a->nunfinished + sched_nqueued(a->sched) -
           (nlooking < most ? nlooking : most);
}

bool
intake_has_room(const struct app *a)
{
    return nheld(a) < a->opts->look_ahead &&
           a->held_bytes < held_max_bytes(a->opts) && results_have_room(a) &&
           (!a->order || order_has_room(a->order, a->nread));
}

bool
intake_is_open(const struct app *a)
{
    return a->state == APP_RUNNING || a->reports_rest;
}

/* Read records while there are any and there is room. */
void
intake_read(struct app *a)
{
    int64_t now_us = clock_now_us();
    struct record rec;
    int budget = READS_PER_TURN;
    size_t nbytes = 0;

    a->is_busy = a->wait_input = false;
    while (!a->input_ended && intake_is_open(a) && intake_has_room(a)) {
        if (budget-- == 0 ||
            (nbytes >= READ_BYTES_PER_TURN && a->state == APP_RUNNING)) {
            a->is_busy = true;
            return;
        }
        switch (source_next(a->source, &rec)) {
        case SOURCE_RECORD:
            nbytes += rec.len;
            admit(a, &rec, now_us);
            break;
        case SOURCE_WAIT:
            a->wait_input = true;
            return;
        case SOURCE_END:
            a->input_ended = true;
            sched_input_ended(a->sched);
            break;
        }
    }
}
