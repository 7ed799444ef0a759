#include <criterion/criterion.h>

#include <stddef.h>
#include <string.h>

#include "engine/mailbox.h"
#include "job/http.h"
#include "job/job.h"

Test(job, a_list_keeps_its_order)
{
    struct job_pool *pool = job_pool_new();
    struct job_list a, b;
    struct job *j;

    job_list_init(&a);
    job_list_init(&b);
    for (uint64_t i = 0; i < 6; i++) {
        j = job_new(pool);
        j->index = i;
        job_list_push(i < 3 ? &a : &b, j);
    }
    job_list_append(&a, &b);
    cr_expect(job_list_is_empty(&b));
    for (uint64_t i = 0; i < 6; i++) {
        j = job_list_pop(&a);
        cr_assert_not_null(j);
        cr_expect_eq(j->index, i);
        job_free(pool, j);
    }
    cr_expect_null(job_list_pop(&a));
    job_list_push(&a, job_new(pool));
    cr_expect_not(job_list_is_empty(&a));
    job_free(pool, job_list_pop(&a));
    job_pool_free(pool);
}

Test(job, nothing_of_an_earlier_record_is_left)
{
    size_t start = offsetof(struct job, index);
    size_t len = offsetof(struct job, res) - start;
    struct job_pool *pool = job_pool_new();
    struct job *j = job_new(pool), *fresh = job_new(pool);

    job_free(pool, j);
    memset((char *)j + start, 0x55, len);
    cr_assert_eq(job_new(pool), j, "freed ones are used again");
    cr_expect_eq(memcmp((char *)j + start, (char *)fresh + start, len), 0);
    job_free(pool, j);
    job_free(pool, fresh);
    job_pool_free(pool);
}

Test(job, a_used_job_comes_back_blank)
{
    struct job_pool *pool = job_pool_new();
    struct job *j = job_new(pool);

    j->index = 7;
    j->id = arena_strdup(&j->mem, "\"x\"");
    j->attempt_us = 5;
    j->queue_us = 5;
    buf_addstr(&j->line, "text");
    buf_addstr(&j->res.body, "body");
    result_fail(&j->res, ERR_DNS, "failed", PHASE_DNS, true, "x");
    job_free(pool, j);
    cr_assert_eq(job_new(pool), j, "freed ones are used again");
    cr_expect_null(j->id);
    cr_expect_eq(j->index, 0);
    cr_expect_eq(j->attempt_us, 0);
    cr_expect_eq(j->queue_us, 0);
    cr_expect_eq(j->line.len, 0);
    cr_expect_eq(j->res.body.len, 0);
    cr_expect_eq(j->res.error.class, ERR_NONE);
    cr_expect_eq(j->first.timeout_us, -1);
    job_free(pool, j);
    job_pool_free(pool);
}

Test(mailbox, says_when_its_reader_must_be_woken)
{
    struct job_pool *pool = job_pool_new();
    struct mailbox m;
    struct job_list l;

    mailbox_init(&m);
    job_list_init(&l);
    job_list_push(&l, job_new(pool));
    cr_expect(mailbox_put(&m, &l));
    cr_expect(job_list_is_empty(&l));
    job_list_push(&l, job_new(pool));
    cr_expect_not(mailbox_put(&m, &l));
    mailbox_take_jobs(&m, &l);
    job_free(pool, job_list_pop(&l));
    job_free(pool, job_list_pop(&l));
    cr_expect(job_list_is_empty(&l));
    job_list_push(&l, job_new(pool));
    cr_expect(mailbox_put(&m, &l));
    mailbox_take_jobs(&m, &l);
    job_free(pool, job_list_pop(&l));
    mailbox_fini(&m);
    job_pool_free(pool);
}

Test(mailbox, word_of_a_connected_probe_comes_with_the_jobs)
{
    struct job_pool *pool = job_pool_new();
    struct job *probe = job_new(pool);
    struct connected connected = {probe, "2", false};
    struct mailbox m;
    struct mail mail;
    struct job_list l;

    mailbox_init(&m);
    mail_init(&mail);
    job_list_init(&l);
    for (int round = 0; round < 3; round++) {
        cr_expect(mailbox_put_connected(&m, &connected));
        cr_expect_not(mailbox_put_connected(&m, &connected));
        job_list_push(&l, probe);
        cr_expect_not(mailbox_put(&m, &l));
        mailbox_take(&m, &mail);
        cr_expect_eq(mail.nconnected, 2);
        cr_expect_eq(mail.connected[1].job, probe);
        cr_expect_str_eq(mail.connected[1].http_version, "2");
        cr_expect_eq(job_list_pop(&mail.jobs), probe);
        mailbox_take(&m, &mail);
        cr_expect_eq(mail.nconnected, 0);
        cr_expect(job_list_is_empty(&mail.jobs));
    }
    mail_fini(&mail);
    mailbox_fini(&m);
    job_free(pool, probe);
    job_pool_free(pool);
}

Test(header, names_are_found_in_any_case)
{
    struct header b = {"X-B", "2", NULL}, a = {"x-a", "1", &b};

    cr_expect_eq(header_find(&a, "X-A", 3), &a);
    cr_expect_eq(header_find(&a, "x-b", 3), &b);
    cr_expect_null(header_find(&a, "x-", 2));
    cr_expect_null(header_find(NULL, "x-a", 3));
}

Test(header, another_origin_gets_headers_of_a_short_list)
{
    static const char *const kept[] = {"Authorization",
                                       "COOKIE",
                                       "X-Vault-Token",
                                       "Referer",
                                       "Host",
                                       "Accepted",
                                       "If",
                                       "Iffy",
                                       "User-Agents",
                                       "Range-Unit",
                                       "Content-MD5",
                                       "",
                                       "Accept_Token",
                                       "Content-Length"};
    static const char *const sent[] = {
        "Accept",           "accept-language", "User-Agent",
        "CACHE-CONTROL",    "Pragma",          "Range",
        "If-Range",         "if-none-match",   "Content-Type",
        "Content-Encoding", "content-language"};

    for (size_t i = 0; i < ARRAY_LEN(kept); i++)
        cr_expect(header_stays_behind(kept[i], strlen(kept[i])), "%s", kept[i]);
    for (size_t i = 0; i < ARRAY_LEN(sent); i++)
        cr_expect_not(header_stays_behind(sent[i], strlen(sent[i])), "%s",
                      sent[i]);
}

Test(header, headers_that_describe_a_body_are_known)
{
    static const char *const body[] = {"Content-Type", "content-encoding",
                                       "Transfer-Encoding", "TRAILER",
                                       "Expect"};
    static const char *const plain[] = {"Accept", "Content-", "TE",
                                        "Transfer-Encodings", ""};

    for (size_t i = 0; i < ARRAY_LEN(body); i++)
        cr_expect(header_is_content(body[i], strlen(body[i])));
    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        cr_expect_not(header_is_content(plain[i], strlen(plain[i])));
}

Test(result, a_long_message_is_cut_between_characters)
{
    struct result r;
    char text[400];

    for (size_t i = 0; i + 2 < sizeof(text); i += 2)
        memcpy(text + i, "\xc3\xbc", 3);
    result_init(&r);
    result_fail(&r, ERR_DNS, "failed", PHASE_DNS, true, "x%s", text);
    cr_expect_eq(strlen(r.error.message), 255);
    result_fail(&r, ERR_DNS, "failed", PHASE_DNS, true, "%s", text);
    cr_expect_eq(strlen(r.error.message), 254);
    result_fini(&r);
}
