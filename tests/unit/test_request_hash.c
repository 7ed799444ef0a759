#include "base/arena.h"
#include "job/job.h"
#include "job/request_hash.h"

#include <string.h>

#include <criterion/criterion.h>

static struct arena mem;

static void
begin(void)
{
    arena_init(&mem);
}

static void
end(void)
{
    arena_reset(&mem);
}

TestSuite(request_hash, .init = begin, .fini = end);

static const char *
hash(const char *name, const char *value, enum body_kind kind, const char *body)
{
    struct header h = {.name = name, .value = value};
    struct request req = {
        .headers = name ? &h : NULL,
        .body_kind = kind,
        .body = body,
        .body_len = body ? strlen(body) : 0,
    };

    return request_hash(&req, &mem);
}

Test(request_hash, a_plain_record_has_none)
{
    cr_expect_null(hash(NULL, NULL, BODY_NONE, NULL));
}

/* A result file of today must be known again by later versions: never change
 * these. */
Test(request_hash, is_the_same_in_every_version)
{
    cr_expect_str_eq(hash("Accept", "a/b", BODY_NONE, NULL),
                     "0b8a665338f9a0720677bbfd6cd8a34a");
    cr_expect_str_eq(hash(NULL, NULL, BODY_JSON, "{}"),
                     "23af0fa4df70c5b587916fc02c817dc8");
    cr_expect_str_eq(hash("X", "", BODY_RAW, ""),
                     "6efae0469a57ead719095901b76e0019");
}

Test(request_hash, tells_requests_apart)
{
    const char *all[] = {
        hash("A", "b", BODY_NONE, NULL), hash("Ab", "", BODY_NONE, NULL),
        hash("A", "c", BODY_NONE, NULL), hash("A", "b", BODY_RAW, ""),
        hash("A", "b", BODY_RAW, "x"),   hash("A", "b", BODY_JSON, "x"),
        hash(NULL, NULL, BODY_RAW, "x"),
    };

    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        for (size_t k = 0; k < i; k++)
            cr_expect_str_neq(all[i], all[k], "%zu and %zu", i, k);
}

Test(request_hash, says_nothing_of_secrets_nor_of_the_case_of_names)
{
    cr_expect_str_eq(hash("Authorization", "Basic YTpi", BODY_NONE, NULL),
                     hash("authorization", "Basic YTpj", BODY_NONE, NULL));
    cr_expect_str_neq(hash("Authorization", "x", BODY_NONE, NULL),
                      hash("Cookie", "x", BODY_NONE, NULL));
    cr_expect_str_eq(hash("ACCEPT", "x", BODY_NONE, NULL),
                     hash("accept", "x", BODY_NONE, NULL));
}
