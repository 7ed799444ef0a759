#include "body/body.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/budgets.h"
#include "body/body_name.h"
#include "body/digest.h"
#include "body/judge.h"
#include "body/part.h"
#include "body/room.h"
#include "body/store.h"
#include "body/write_error.h"
#include "job/earlier.h"
#include "job/job.h"
#include "job/options.h"

/* Bytes gathered before a file is written, at first and once a body has proved
 * to be large.  The file is opened for each piece, so that no descriptor is
 * held in between.  Measured: small pieces need ten times the CPU. */
#define PENDING_MAX_BYTES (64 * 1024)
#define PENDING_LARGE     (256 * 1024)
#define LARGE_BODY_BYTES  (1024 * 1024)

/* The body of one response that is hashed or stored. */
struct body {
    struct store *store;   /* NULL: only hashed */
    struct digest *digest; /* NULL: only stored */
    struct buf pending;    /* not written yet */
    struct buf head; /* the start that an expectation needs, unless the result
                        has it anyway */
    size_t nwritten; /* bytes that are */
    char temp[STORE_TEMP]; /* the file so far, "": none */
    struct part *part;     /* that is the file instead; NULL: it can't be
                              continued.  The job's */
};

static bool
wants_digest(const struct body_env *env, const struct job *j)
{
    return opts_want_digest(env->opts) || j->expect_sha256 ||
           body_name_may_be_there(env, j);
}

static struct body *
body_new(const struct body_env *env, const struct job *j)
{
    struct body *b = xcalloc(1, sizeof(*b));

    b->store = env->store;
    if (wants_digest(env, j))
        b->digest = digest_new();
    return b;
}

static void
body_free(struct body *b)
{
    if (!b)
        return;
    if (b->store)
        store_drop(b->store, b->temp);
    digest_free(b->digest);
    buf_fini(&b->pending);
    buf_fini(&b->head);
    free(b);
}

void
body_drop(struct job *j)
{
    body_free(j->body);
    j->body = NULL;
}

/* ------------------------------------------------------------ bytes come in */

/* How many bytes are allowed; -1: any number. */
static int64_t
size_cap(const struct opts *opts)
{
    if (opts->max_size >= 0)
        return opts->max_size;
    /* --truncate also limits the copy for the result line, so the default cap
     * does not apply. */
    return opts->body == BODY_OFF || opts->truncate >= 0 ? -1 : LINE_BODY_MAX;
}

/* Put what was gathered into the file; 0 or an errno. */
static int
write_pending(struct body *b)
{
    int err = b->part ? part_append(b->part, b->pending.data, b->pending.len)
                      : store_append(b->store, b->temp, b->pending.data,
                                     b->pending.len);

    if (err)
        return err;
    b->nwritten += b->pending.len;
    buf_clear(&b->pending);
    return 0;
}

/* Add bytes to the temporary file, or gather them for it.  Returns 0 or an
 * errno. */
static int
spool(struct body *b, const char *data, size_t len)
{
    size_t most = b->nwritten < LARGE_BODY_BYTES || b->part ? PENDING_MAX_BYTES
                                                            : PENDING_LARGE;
    int err;

    if (b->pending.len + len > most) {
        err = write_pending(b);
        if (err)
            return err;
    }
    buf_add(&b->pending, data, len);
    return 0;
}

/* Is the body hashed, stored or examined? */
static bool
is_wanted(const struct body_env *env, const struct job *j)
{
    return env->store || opts_want_digest(env->opts) || j->expect_sha256 ||
           (env->opts->body == BODY_OFF && judge_needs_head(env->opts, j));
}

bool
body_is_wanted(const struct body_env *env, const struct job *j)
{
    return env->opts->body != BODY_OFF || is_wanted(env, j);
}

/* Keep the part of the body that an expectation examines. */
static void
keep_head(const struct body_env *env, struct job *j, const char *data,
          size_t len)
{
    struct buf *head = &j->body->head;
    size_t room = (size_t)env->opts->expect_size - head->len;

    if (env->opts->body == BODY_OFF && judge_needs_head(env->opts, j))
        buf_add(head, data, len < room ? len : room);
}

static enum body_verdict
keep(const struct body_env *env, struct job *j, const char *data, size_t len)
{
    int err;

    if (env->opts->body != BODY_OFF) {
        buf_add(&j->res.body, data, len);
        room_note(j, data, len);
    }
    if (!is_wanted(env, j))
        return BODY_MORE;
    if (!j->body)
        j->body = body_new(env, j);
    keep_head(env, j, data, len);
    if (j->body->digest)
        digest_add(j->body->digest, data, len);
    err = env->store ? spool(j->body, data, len) : 0;
    if (!err)
        return BODY_MORE;
    write_error_set(env, j, NULL, err);
    return BODY_UNWRITTEN;
}

enum body_verdict
body_add(const struct body_env *env, struct job *j, const char *data,
         size_t len, bool is_kept)
{
    struct result *r = &j->res;
    int64_t cap = size_cap(env->opts), enough = env->opts->truncate;
    enum body_verdict verdict;

    if (!is_kept) {
        r->size_body += (int64_t)len;
        return BODY_MORE;
    }
    if (enough >= 0 && (int64_t)len > enough - r->size_body &&
        (cap < 0 || enough <= cap)) {
        len = (size_t)(enough - r->size_body);
        r->body_truncated = true;
    }
    r->size_body += (int64_t)len;
    if (cap >= 0 && r->size_body > cap) {
        result_fail(r, ERR_TOO_LARGE, "body_over_limit", PHASE_RECEIVE, false,
                    "body is larger than %lld bytes", (long long)cap);
        return BODY_TOO_LARGE;
    }
    verdict = keep(env, j, data, len);
    return verdict == BODY_MORE && r->body_truncated ? BODY_ENOUGH : verdict;
}

/* -------------------------------------------------- what was there (part.h) */

/* Is it a request whose answer can be continued?  A GET, and none that has
 * conditions of its own on what to send. */
static bool
may_continue(const struct body_env *env, const struct job *j)
{
    static const char *const own[] = {"Range", "If-Range"};

    if (!env->parts || strcmp(j->req.method, "GET") != 0 ||
        j->req.body_kind != BODY_NONE)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (header_find(j->req.headers, own[i], strlen(own[i])))
            return false;
    return true;
}

/* Ask for the bytes behind those of the part. */
static void
ask_for_rest(struct job *j)
{
    const char *validator =
        arena_strdup(job_hop_mem(j), part_validator(j->part));
    const char *range =
        arena_printf(job_hop_mem(j), "bytes=%" PRId64 "-", part_size(j->part));

    j->range = header_new(job_hop_mem(j), "Range", range, NULL);
    j->range = header_new(job_hop_mem(j), "If-Range", validator, j->range);
}

bool
body_begin(const struct body_env *env, struct job *j)
{
    j->range = NULL;
    if (!may_continue(env, j))
        return true;
    j->part = part_claim(env->parts, j->target.url, j->request_hash);
    if (!j->part || part_size(j->part) == 0)
        return true;
    j->ready = body_new(env, j);
    return body_catch_up(env, j);
}

bool
body_catch_up(const struct body_env *env, struct job *j)
{
    size_t head_max =
        judge_needs_head(env->opts, j) ? (size_t)env->opts->expect_size : 0;

    if (!part_catch_up(j->part, j->ready->digest, &j->ready->head, head_max))
        return false;
    if (part_size(j->part) > 0)
        ask_for_rest(j);
    return true;
}

bool
body_on_head(const struct body_env *env, struct job *j,
             const struct part_answer *answer)
{
    bool asked = j->range != NULL;
    enum part_verdict verdict;

    if (!j->part)
        return true;
    verdict = part_judge(j->part, answer, asked);
    body_drop(j);
    if (verdict == PART_GOES_ON) {
        j->body = j->ready;
        j->ready = NULL;
        j->res.continued_from = j->res.size_body = part_size(j->part);
    } else if (verdict == PART_NEW) {
        j->body = body_new(env, j);
    }
    if (j->body)
        j->body->part = j->part;
    return verdict != PART_UNUSABLE;
}

int
body_compare_length(struct job *j)
{
    int64_t want, got = j->res.size_body;

    if (!j->body || !j->body->part || j->res.continued_from < 0)
        return 0;
    want = part_total(j->part);
    if (got > want)
        part_discard(j->part);
    return got < want ? -1 : got > want;
}

void
body_recall_head(struct job *j)
{
    struct result *r = &j->res;

    if (r->continued_from < 0 || !j->part)
        return;
    if (!r->content_type && part_type(j->part))
        r->content_type = arena_strdup(job_hop_mem(j), part_type(j->part));
    if (!r->disposition && part_disposition(j->part))
        r->disposition =
            arena_strdup(job_hop_mem(j), part_disposition(j->part));
}

/* ------------------------------------------------------------- the outcome */

/* May the response have a body, if only an empty one?  (RFC 9110, 6.4.1) */
static bool
has_body(const struct job *j)
{
    const struct result *r = &j->res;

    if (r->size_body > 0 || r->body_truncated)
        return true;
    return r->status != 204 && r->status != 205 && r->status != 304 &&
           strcmp(j->req.method, "HEAD") != 0;
}

static bool
is_whole(const struct job *j)
{
    const struct result *r = &j->res;

    return r->status != 0 &&
           (r->error.class == ERR_NONE || r->error.class == ERR_HTTP) &&
           has_body(j);
}

/* The last attempt was recorded before this error was known. */
static void
note_in_attempts(struct job *j)
{
    struct attempt *a = j->res.attempt_log;

    while (a && a->next)
        a = a->next;
    if (a)
        a->error_class = j->res.error.class;
}

/* The bytes that an expectation examines. */
static const struct buf *
head_of(const struct body_env *env, const struct job *j)
{
    static const struct buf none = BUF_INIT;

    if (env->opts->body != BODY_OFF)
        return &j->res.body;
    return j->body ? &j->body->head : &none;
}

/* An error page does not replace what --since knows. */
static bool
is_no_answer(const struct job *j)
{
    return j->earlier && j->res.error.class != ERR_NONE;
}

/* Is the content that of the file of an earlier result (--since)?  Then the
 * result refers to that file. */
static bool
has_earlier_file(struct job *j, const char *hash)
{
    const struct earlier *e = j->earlier;
    struct stat st;

    if (!hash || !e || !e->sha256 || !e->body_path ||
        strcmp(e->sha256, hash) != 0 || stat(e->body_path, &st) != 0 ||
        !S_ISREG(st.st_mode) || st.st_size != j->res.size_body)
        return false;
    j->res.body_path = e->body_path;
    return true;
}

/* Is the response a 304 to a condition of --since? */
static bool
is_unchanged(const struct job *j)
{
    return j->res.status == 304 && earlier_conditions(j);
}

/* Give the body its name, or set the error. */
static void
store_body(const struct body_env *env, struct job *j, const char *hash)
{
    struct body *b = j->body;
    int err = 0;

    if (b->part && part_size(b->part) > 0) {
        err = write_pending(b);
        part_temp(b->part, b->temp);
    }
    body_name_give(env, j, b->temp, &b->pending, hash, err);
}

/* The response is the job's last: hash it, check it and give it its name. */
static void
commit_last(const struct body_env *env, struct job *j)
{
    char digits[DIGEST_TEXT] = "";
    const char *hash = NULL;
    struct result *r = &j->res;
    bool is_body = is_whole(j) && is_wanted(env, j);

    if (is_body && !j->body)
        j->body = body_new(env, j);
    if (is_body && j->body->digest) {
        digest_finish(j->body->digest, digits);
        hash = r->body_truncated ? NULL : digits;
    }
    if (opts_want_digest(env->opts) && hash)
        r->sha256 = arena_strdup(job_hop_mem(j), hash);
    if (is_unchanged(j))
        judge_expectations(env->opts, j, NULL, j->earlier->sha256);
    else
        judge_expectations(env->opts, j, head_of(env, j), hash);
    if (is_body && env->store && !judge_refused_body(j) && !is_no_answer(j) &&
        !has_earlier_file(j, hash))
        store_body(env, j, digits);
    note_in_attempts(j);
}

/* Is what came of a body worth being continued, now that it has failed? */
static bool
is_worth_keeping(const struct job *j)
{
    const struct result *r = &j->res;

    return r->error.class != ERR_NONE && !is_whole(j) &&
           r->error.class != ERR_TOO_LARGE && r->error.class != ERR_EXPECT;
}

/* The hop is over: keep its part for another one, or remove it. */
static void
commit_part(struct job *j, bool is_worth)
{
    struct body *b = j->body;

    if (!j->part)
        return;
    if (b && b->part && is_worth) {
        if (b->pending.len > 0 && write_pending(b) != 0)
            buf_clear(&b->pending); /* the next request asks for it again */
    } else if (b && b->part) {
        part_discard(b->part);
    }
    part_release(j->part);
    body_free(j->ready);
    j->part = NULL;
    j->ready = NULL;
    j->range = NULL;
}

void
body_commit(const struct body_env *env, struct job *j)
{
    bool is_worth = is_worth_keeping(j);

    if (j->next == JOB_FINAL)
        commit_last(env, j);
    commit_part(j, is_worth);
    body_drop(j);
}
