#include "base/buf.h"
#include "input/csv.h"
#include "input/request_csv.h"
#include "input/source.h"
#include "job/job.h"

#include <string.h>

#include <criterion/criterion.h>

static struct job_pool *pool;
static struct job *job;

static void
start(void)
{
    pool = job_pool_new();
    job = job_new(pool);
}

static void
stop(void)
{
    job_free(pool, job);
    job_pool_free(pool);
}

TestSuite(request_csv, .init = start, .fini = stop);

/* A blank job again, and the row in it. */
static int
parse(const char *head, const char *text, enum record_flaw flaw)
{
    struct buf why = BUF_INIT;
    struct csv_head *h =
        csv_head_new((struct span){head, strlen(head)}, ',', &why);
    struct record rec = {
        .text = text,
        .len = strlen(text),
        .place = "a.csv",
        .line = 12,
        .flaw = flaw,
        .why = "a quote",
        .head = h,
    };
    int ret;

    cr_assert(h);
    stop();
    start();
    ret = request_csv_parse(&rec, job);
    csv_head_free(h);
    buf_fini(&why);
    return ret;
}

static void
expect_str(const char *what, const char *got, const char *want)
{
    if (!want)
        cr_expect_null(got, "%s: %s", what, got);
    else
        cr_expect(got && strcmp(got, want) == 0, "%s: %s, not %s", what,
                  got ? got : "NULL", want);
}

Test(request_csv, fields_go_where_their_columns_say)
{
    static const struct {
        const char *head, *text;
        const char *url, *id, *method, *body, *meta;
    } rows[] = {
        {"url", "http://a/", "http://a/", NULL, NULL, NULL, NULL},
        {"url", "\" http://a/ \"", "http://a/", NULL, NULL, NULL, NULL},
        {"id,url", "7,a", "a", "\"7\"", NULL, NULL, NULL},
        {"id,url", "\"a\"\"b\",a", "a", "\"a\\\"b\"", NULL, NULL, NULL},
        {"url,id,method,body", "a,,,", "a", NULL, NULL, NULL, NULL},
        {"url,method,body", "a, PUT ,\"x\n\"\"y\"", "a", NULL, "PUT", "x\n\"y",
         NULL},
        {"k,url,l", "1,a,", "a", NULL, NULL, NULL, "{\"k\":\"1\",\"l\":\"\"}"},
        {"URL,url,\"a \"\"b\"\"\"", "x,a,\xff", "a", NULL, NULL, NULL,
         "{\"URL\":\"x\",\"a \\\"b\\\"\":\"\xef\xbf\xbd\"}"},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        cr_assert_eq(parse(rows[i].head, rows[i].text, RECORD_OK), 0, "%zu", i);
        expect_str("url", job->url_given, rows[i].url);
        cr_expect_eq(job->url_given_len, strlen(rows[i].url));
        expect_str("id", job->id, rows[i].id);
        expect_str("method", job->first.method, rows[i].method);
        expect_str("body", job->first.body, rows[i].body);
        expect_str("meta", job->meta, rows[i].meta);
        cr_expect_eq(job->first.body_kind, rows[i].body ? BODY_RAW : BODY_NONE);
        cr_expect_eq(job->first.timeout_us, -1);
    }
}

Test(request_csv, an_unusable_row_says_why_and_where)
{
    static const struct {
        const char *text;
        enum record_flaw flaw;
        const char *code, *message, *url;
    } rows[] = {
        {"a", RECORD_OK, "csv_invalid",
         "a.csv:12: the row has 1 field, and the header row 3", NULL},
        {"a,,,", RECORD_OK, "csv_invalid",
         "a.csv:12: the row has 4 fields, and the header row 3", NULL},
        {" ,,", RECORD_OK, "url_missing", "a.csv:12: 'url' is empty", NULL},
        {"a,,G T", RECORD_OK, "method_invalid",
         "a.csv:12: 'method' must be a word like GET, not 'G T'", "a"},
        {"a,b", RECORD_HAS_NUL, "nul_byte",
         "a.csv:12: the row has a NUL byte in it", NULL},
        {"a,b", RECORD_TOO_LONG, "line_too_long",
         "a.csv:12: the row is over 1048576 bytes", NULL},
        {"a,b", RECORD_BAD_QUOTES, "csv_invalid", "a.csv:12: a quote", NULL},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        cr_assert_eq(parse("url,id,method", rows[i].text, rows[i].flaw), -1,
                     "%zu", i);
        cr_expect_eq(job->res.error.class, ERR_INPUT);
        cr_expect_eq(job->res.error.phase, PHASE_INPUT);
        cr_expect_str_eq(job->res.error.code, rows[i].code);
        cr_expect_str_eq(job->res.error.message, rows[i].message);
        expect_str("url", job->url_given, rows[i].url);
    }
}

Test(request_csv, an_unusable_row_keeps_its_id_and_meta)
{
    cr_assert_eq(parse("url,id,k", ",7,x", RECORD_OK), -1);
    expect_str("id", job->id, "\"7\"");
    expect_str("meta", job->meta, "{\"k\":\"x\"}");
}
