#include "body/judge.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "body/expect.h"
#include "job/job.h"
#include "job/options.h"

bool
judge_needs_head(const struct opts *opts, const struct job *j)
{
    return j->expect ? j->expect_len > 0 : opts->expect_code != NULL;
}

bool
judge_refused_body(const struct job *j)
{
    return j->res.error.class == ERR_EXPECT &&
           strcmp(j->res.error.code, "slow") != 0;
}

static void
fail_body(const struct opts *opts, struct job *j, size_t len, const char *why)
{
    const char *regex = j->expect ? j->expect : opts->expect;
    int shown = (int)(j->expect ? j->expect_len : strlen(regex));

    if (why)
        result_fail(&j->res, ERR_EXPECT, "body", PHASE_RECEIVE, false,
                    "ended the search for '%.*s' in the body: %s",
                    shown < 80 ? shown : 80, regex, why);
    else
        result_fail(&j->res, ERR_EXPECT, "body", PHASE_RECEIVE, false,
                    "the first %zu bytes of the body do not match '%.*s'", len,
                    shown < 80 ? shown : 80, regex);
}

static void
judge_body(const struct opts *opts, struct job *j, const struct buf *head)
{
    size_t most = (size_t)opts->expect_size;
    size_t len = head->len < most ? head->len : most;
    struct expect *own = NULL;
    struct expect_flaw flaw;
    char why[EXPECT_TEXT];
    enum expect_verdict verdict;

    if (!judge_needs_head(opts, j))
        return;
    /* Waiting jobs, which may be thousands, keep only the expression's text. */
    if (j->expect) {
        own = expect_new(j->expect, j->expect_len, &flaw);
        assert(own);
    }
    verdict = expect_match(own ? own : opts->expect_code, head->data, len, why);
    expect_free(own);
    if (verdict != EXPECT_MET)
        fail_body(opts, j, len, verdict == EXPECT_GAVE_UP ? why : NULL);
}

static void
judge_hash(struct job *j, const char *hash)
{
    if (!j->expect_sha256 || (hash && strcmp(hash, j->expect_sha256) == 0))
        return;
    if (hash)
        result_fail(&j->res, ERR_EXPECT, "sha256", PHASE_RECEIVE, false,
                    "the body's SHA-256 is %s", hash);
    else
        result_fail(&j->res, ERR_EXPECT, "sha256", PHASE_RECEIVE, false,
                    "%s, so its SHA-256 is unknown",
                    j->res.body_truncated ? "the body is not whole"
                                          : "the response has no body");
}

static void
judge_time(const struct opts *opts, struct job *j)
{
    if (opts->slow_us && j->attempt_us > opts->slow_us)
        result_fail(&j->res, ERR_EXPECT, "slow", PHASE_RECEIVE, false,
                    "took %.3f s, more than %.3f s",
                    (double)j->attempt_us / 1e6, (double)opts->slow_us / 1e6);
}

void
judge_expectations(const struct opts *opts, struct job *j,
                   const struct buf *head, const char *hash)
{
    const struct result *r = &j->res;

    if (r->error.class == ERR_NONE && head)
        judge_body(opts, j, head);
    if (r->error.class == ERR_NONE)
        judge_hash(j, hash);
    if (r->error.class == ERR_NONE)
        judge_time(opts, j);
}
