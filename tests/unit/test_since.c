#include "base/buf.h"
#include "job/earlier.h"
#include "job/job.h"
#include "job/options.h"
#include "output/since.h"
#include "output/since_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "heap_bytes.h"

static char path[] = "/tmp/test_since.XXXXXX";
static int file;

static void
make_file(void)
{
    file = mkstemp(path);
    cr_assert(file >= 0);
}

static void
remove_file(void)
{
    close(file);
    unlink(path);
}

TestSuite(since, .init = make_file, .fini = remove_file);

static void
put(const char *text)
{
    cr_assert_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
}

static const struct opts opts = {.since = "state"};

/* A job for a URL, with what is known of it. */
static struct job *
find(struct job_pool *pool, const struct since_index *s, const char *url)
{
    struct job *j = job_new(pool);

    j->url_given = url;
    j->url_given_len = strlen(url);
    j->first.method = "GET";
    j->target.url = url;
    since_find(s, &opts, j);
    return j;
}

#define LINE(url, etag)                                                        \
    "{\"index\":0,\"id\":null,\"url\":\"" url "\",\"url_effective\":\"" url    \
    "\",\"method\":\"GET\",\"ok\":true,\"error\":null,\"size_download\":5,"    \
    "\"etag\":" etag ",\"last_modified\":null,\"sha256\":\"ab\"}\n"

Test(since, values_of_a_line_are_found)
{
    struct job_pool *pool = job_pool_new();
    struct since_index *s;
    struct job *j;

    put(LINE("http://a/", "\"\\\"x\\u0021\\\"\""));
    put("{\"url\":\"http://b/\",\"sha256\":\"cd\",\"warc_payload\":{"
        "\"id\":\"urn:uuid:1\",\"url\":\"http://c/\",\"date\":\"2026\","
        "\"file\":\"a\\u002eb\",\"offset\":70,\"length\":800,\"x\":[]}}\n");
    s = since_index_load(path);
    cr_assert(s);
    j = find(pool, s, "http://a/");
    cr_assert(j->earlier);
    cr_assert_str_eq(j->earlier->etag, "\"x!\"");
    cr_assert_null(j->earlier->last_modified);
    cr_assert_str_eq(j->earlier->sha256, "ab");
    cr_assert_eq(j->earlier->size_download, 5);
    cr_assert_str_eq(earlier_conditions(j)->name, "If-None-Match");
    j->target.url = "http://c/";
    cr_assert_null(earlier_conditions(j), "another URL's hop");
    job_free(pool, j);
    j = find(pool, s, "http://b/");
    cr_assert(j->earlier->archived);
    cr_assert_str_eq(j->earlier->archived->id, "urn:uuid:1");
    cr_assert_str_eq(j->earlier->archived->url, "http://c/");
    cr_assert_str_eq(j->earlier->archived->date, "2026");
    cr_assert_str_eq(j->earlier->archived->file, "a.b");
    cr_assert_eq(j->earlier->archived->offset, 70);
    cr_assert_eq(j->earlier->archived->length, 800);
    cr_assert_null(earlier_conditions(j));
    job_free(pool, j);
    j = find(pool, s, "http://c/");
    cr_assert_null(j->earlier);
    job_free(pool, j);
    since_index_free(s);
    job_pool_free(pool);
}

Test(since, no_header_is_made_of_hostile_text)
{
    static const char *const tags[] = {
        "\"a\\r\\nHost: evil\"",
        "\"\\u0000\"",
        "\"\\u007f\"",
        "7",
        "\"\"",
        "[\"x\"]",
    };
    struct job_pool *pool = job_pool_new();

    for (size_t i = 0; i < ARRAY_LEN(tags); i++) {
        struct buf line = BUF_INIT;
        struct since_index *s;
        struct job *j;

        buf_printf(&line,
                   "{\"url\":\"http://a/\",\"url_effective\":\"http://a/\","
                   "\"ok\":true,\"etag\":%s}\n",
                   tags[i]);
        cr_assert_eq(ftruncate(file, 0), 0);
        cr_assert_eq(pwrite(file, line.data, line.len, 0), (ssize_t)line.len);
        s = since_index_load(path);
        cr_assert(s);
        j = find(pool, s, "http://a/");
        cr_assert(j->earlier);
        cr_expect_null(j->earlier->etag, "%s", tags[i]);
        cr_expect_null(earlier_conditions(j), "%s", tags[i]);
        job_free(pool, j);
        since_index_free(s);
        buf_fini(&line);
    }
    job_pool_free(pool);
}

Test(since, a_file_cut_off_under_us_has_no_results)
{
    struct job_pool *pool = job_pool_new();
    struct since_index *s;
    struct job *j;

    put(LINE("http://a/", "\"x\""));
    s = since_index_load(path);
    cr_assert_eq(ftruncate(file, 40), 0);
    j = find(pool, s, "http://a/");
    cr_assert_null(j->earlier);
    job_free(pool, j);
    since_index_free(s);
    job_pool_free(pool);
}

Test(since, a_long_line_is_read_whole)
{
    struct job_pool *pool = job_pool_new();
    char *big = malloc(100001);
    struct since_index *s;
    struct job *j;

    memset(big, 'x', 100000);
    big[100000] = '\0';
    put("{\"url\":\"http://a/\",\"ok\":true,\"body\":\"");
    put(big);
    put("\",\"sha256\":\"ef\"}\n");
    s = since_index_load(path);
    j = find(pool, s, "http://a/");
    cr_assert_str_eq(j->earlier->sha256, "ef");
    job_free(pool, j);
    since_index_free(s);
    job_pool_free(pool);
    free(big);
}

Test(since, an_earlier_result_takes_24_bytes)
{
    enum { N = 64 * 1024, SLACK = 4096 };
    struct buf text = BUF_INIT;
    struct since_index *s;
    size_t before;

    for (int i = 0; i < N; i++)
        buf_printf(&text, "{\"url\":\"http://a/%d\",\"ok\":true}\n",
                   i % (N / 2));
    cr_assert_eq(write(file, text.data, text.len), (ssize_t)text.len);
    buf_fini(&text);
    before = heap_bytes();
    s = since_index_load(path);
    cr_assert_leq(heap_bytes() - before, (size_t)24 * N + SLACK);
    since_index_free(s);
}

#define PAYLOAD(id, offset)                                                    \
    "{\"id\":" id ",\"url\":\"http://a/\",\"date\":\"2026\",\"file\":\"f\","   \
    "\"offset\":" offset ",\"length\":1}"

Test(since, no_record_is_referred_to_by_hostile_text)
{
    static const char *const payloads[] = {
        "null",
        "[]",
        "{}",
        PAYLOAD("7", "0"),
        PAYLOAD("\"uuid:1\"", "0"),
        PAYLOAD("\"urn:uuid:1>\"", "0"),
        PAYLOAD("\"urn:uuid:1\\r\\n\"", "0"),
        PAYLOAD("\"urn:uuid:1\"", "-1"),
        PAYLOAD("\"urn:uuid:1\"", "1e3"),
        PAYLOAD("\"urn:uuid:1\"", "1234567890123456789"),
    };
    struct job_pool *pool = job_pool_new();

    for (size_t i = 0; i < ARRAY_LEN(payloads); i++) {
        struct buf line = BUF_INIT;
        struct since_index *s;
        struct job *j;

        buf_printf(&line,
                   "{\"url\":\"http://a/\",\"ok\":true,\"warc_payload\":%s}\n",
                   payloads[i]);
        cr_assert_eq(ftruncate(file, 0), 0);
        cr_assert_eq(pwrite(file, line.data, line.len, 0), (ssize_t)line.len);
        s = since_index_load(path);
        cr_assert(s);
        j = find(pool, s, "http://a/");
        cr_assert(j->earlier);
        cr_expect_null(j->earlier->archived, "%s", payloads[i]);
        job_free(pool, j);
        since_index_free(s);
        buf_fini(&line);
    }
    job_pool_free(pool);
}

Test(since, validators_are_those_of_the_url_that_gave_them)
{
    struct job_pool *pool = job_pool_new();
    struct since_index *s;
    struct job *j;

    put("{\"url\":\"http://a/\",\"url_effective\":null,\"change\":null,"
        "\"ok\":false,\"etag\":\"\\\"x\\\"\",\"url_earlier\":\"http://b/\","
        "\"size_earlier\":70}\n");
    s = since_index_load(path);
    cr_assert(s);
    j = find(pool, s, "http://a/");
    cr_assert(j->earlier);
    cr_assert_null(earlier_conditions(j));
    j->target.url = "http://b/";
    cr_assert(earlier_conditions(j));
    cr_assert_eq(j->earlier->size_download, 70);
    job_free(pool, j);
    since_index_free(s);
    job_pool_free(pool);
}
