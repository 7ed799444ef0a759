#include "input/select.h"
#include "job/http.h"
#include "job/job.h"
#include "url/url.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

/* A number of a record that needs more than 32 bits. */
#define FAR (UINT64_C(1) << 33)

/* Results of several machines and versions are merged by this. */
Test(select, shards_are_the_same_for_ever)
{
    static const struct {
        const char *text;
        uint32_t of2, of3, of10, of1000;
    } rows[] = {
        {"", 1, 3, 9, 459},
        {"example.com", 1, 2, 7, 937},
        {"www.example.com", 1, 1, 7, 987},
        {"127.0.0.1", 2, 3, 10, 890},
        {"2001:db8::1", 1, 1, 1, 241},
        {"xn--bcher-kva.example", 1, 1, 9, 29},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *text = rows[i].text;
        size_t len = strlen(text);

        cr_expect(select_is_mine(1, 1, text, len), "%s", text);
        cr_expect(select_is_mine(rows[i].of2, 2, text, len), "%s", text);
        cr_expect(select_is_mine(rows[i].of3, 3, text, len), "%s", text);
        cr_expect(select_is_mine(rows[i].of10, 10, text, len), "%s", text);
        cr_expect(select_is_mine(rows[i].of1000, 1000, text, len), "%s", text);
    }
}

Test(select, every_text_is_in_one_shard_and_shards_are_even)
{
    uint32_t counts[7] = {0};

    for (int i = 0; i < 7000; i++) {
        char text[32];
        int len = snprintf(text, sizeof(text), "10.0.%d.%d", i / 100, i % 100);
        int nmine = 0;

        for (uint32_t k = 1; k <= 7; k++) {
            bool is_mine = select_is_mine(k, 7, text, (size_t)len);

            nmine += is_mine;
            counts[k - 1] += is_mine;
        }
        cr_assert_eq(nmine, 1);
    }
    for (size_t k = 0; k < 7; k++)
        cr_expect(counts[k] > 850 && counts[k] < 1150, "%u", counts[k]);
}

static struct header last = {.name = "B", .value = "2"};
static struct header two = {.name = "A", .value = "1", .next = &last};
static struct header one = {.name = "A", .value = "1"};
static struct header other = {.name = "A", .value = "3"};
static struct header lower = {.name = "a", .value = "1"};
static struct header joined = {.name = "A1B", .value = "2"};

#define U "http://a/"

static const struct {
    const char *method, *url, *body;
    enum body_kind kind;
    struct header *headers;
    int first; /* the row it repeats, -1: none */
} rows[] = {
    {"GET", U, NULL, BODY_NONE, NULL, -1},
    {"GET", U, NULL, BODY_NONE, NULL, 0},
    {"get", U, NULL, BODY_NONE, NULL, -1},
    {"GET", U "b", NULL, BODY_NONE, NULL, -1},
    {"GET", "http://a", NULL, BODY_NONE, NULL, 0},
    {"GET", "http://A:80/", NULL, BODY_NONE, NULL, 0},
    {"GET", "http://a:81/", NULL, BODY_NONE, NULL, -1},
    {"GET", "https://a/", NULL, BODY_NONE, NULL, -1},
    {"GET", "http://u@a/", NULL, BODY_NONE, NULL, -1},
    {"GET", "http://U@a/", NULL, BODY_NONE, NULL, -1},
    {"GET", "http://u@A:80/", NULL, BODY_NONE, NULL, 8},
    {"GET", U "B", NULL, BODY_NONE, NULL, -1},
    {"GET", U "?@b", NULL, BODY_NONE, NULL, -1},
    {"GET", U, "", BODY_RAW, NULL, -1},
    {"GET", U, "x", BODY_RAW, NULL, -1},
    {"GET", U, "x", BODY_JSON, NULL, -1},
    {"GET", U, "x", BODY_RAW, NULL, 14},
    {"GET", U, NULL, BODY_NONE, &one, -1},
    {"GET", U, NULL, BODY_NONE, &two, -1},
    {"GET", U, NULL, BODY_NONE, &other, -1},
    {"GET", U, NULL, BODY_NONE, &joined, -1},
    {"GET", U, NULL, BODY_NONE, &two, 18},
    {"GET", U, NULL, BODY_NONE, &lower, 17},
    {"GET", U, NULL, BODY_NONE, NULL, 0},
    {"GET", "http://[fe80::1%25a]/", NULL, BODY_NONE, NULL, -1},
    {"GET", "http://[fe80::1%25b]/", NULL, BODY_NONE, NULL, -1},
    {"GET", "http://[FE80::01%a]:80", NULL, BODY_NONE, NULL, 24},
};

Test(select, repeats_are_alike_in_all_that_is_sent)
{
    struct job_pool *pool = job_pool_new();
    struct select *p = select_new();

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct job *j = job_new(pool);
        struct url_flaw flaw;
        uint64_t first = 1000;

        j->index = FAR + i;
        cr_assert_eq(url_parse(rows[i].url, strlen(rows[i].url), "https",
                               &j->mem, &j->origin, &flaw),
                     0);
        j->first.method = rows[i].method;
        j->first.body = rows[i].body;
        j->first.body_len = rows[i].body ? strlen(rows[i].body) : 0;
        j->first.body_kind = rows[i].kind;
        j->first.headers = rows[i].headers;
        cr_expect_eq(select_is_repeat(p, j, &first), rows[i].first >= 0, "%zu",
                     i);
        if (rows[i].first >= 0)
            cr_expect_eq(first, FAR + (uint64_t)rows[i].first, "%zu", i);
        job_free(pool, j);
    }
    select_free(p);
    job_pool_free(pool);
}
