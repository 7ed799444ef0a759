#include "body/part.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/buf.h"
#include "body/digest.h"

struct folder {
    char dir[32];
    struct store *store;
    struct parts *parts;
};

static struct folder
folder_new(void)
{
    struct folder f = {.dir = "/tmp/test_part.XXXXXX"};

    cr_assert(mkdtemp(f.dir));
    f.store = store_open(f.dir, false);
    cr_assert(f.store);
    f.parts = parts_open(f.store);
    cr_assert(f.parts);
    return f;
}

static void
folder_free(struct folder *f)
{
    parts_close(f->parts);
    store_close(f->store);
    cr_assert_eq(rmdir(f->dir), 0, "files are left");
}

static const struct part_answer whole = {
    .status = 200,
    .etag = "\"a\"",
    .length = 10,
    .content_type = "a/b",
    .last_modified_s = -1,
    .date_s = -1,
};

/* A part of five bytes, "01234", of the URL "u". */
static void
begin(struct folder *f)
{
    struct part *p = part_claim(f->parts, "u", NULL);

    cr_assert(p);
    cr_assert_eq(part_size(p), 0);
    cr_assert_eq(part_judge(p, &whole, false), PART_NEW);
    cr_assert_eq(part_append(p, "012", 3), 0);
    cr_assert_eq(part_append(p, "34", 2), 0);
    part_release(p);
}

Test(part, a_part_is_there_for_the_next_request)
{
    struct folder f = folder_new();
    struct digest *d = digest_new();
    struct buf head = BUF_INIT;
    struct part *p;
    char text[DIGEST_TEXT];

    begin(&f);
    p = part_claim(f.parts, "u", "other");
    cr_assert_eq(part_size(p), 0, "another request's");
    part_release(p);
    p = part_claim(f.parts, "u", NULL);
    cr_assert_null(part_claim(f.parts, "u", NULL), "it is taken");
    cr_assert_eq(part_size(p), 5);
    cr_assert_eq(part_total(p), 10);
    cr_assert_str_eq(part_validator(p), "\"a\"");
    cr_assert_str_eq(part_type(p), "a/b");
    cr_assert(part_catch_up(p, d, &head, 3));
    cr_assert_eq(head.len, 3);
    digest_finish(d, text);
    cr_assert_eq(strncmp(text, "c565fe03", 8), 0, "%s", text);
    part_discard(p);
    part_release(p);
    buf_fini(&head);
    digest_free(d);
    folder_free(&f);
}

Test(part, a_part_is_continued_with_the_same_version_only)
{
    static const struct {
        const char *etag, *range;
        bool is_coded;
        enum part_verdict want;
    } t[] = {
        {"\"a\"", "bytes 5-9/10", false, PART_GOES_ON},
        {"\"a\"", "bytes 5-7/10", false, PART_GOES_ON},
        {"\"b\"", "bytes 5-9/10", false, PART_UNUSABLE},
        {"W/\"a\"", "bytes 5-9/10", false, PART_UNUSABLE},
        {NULL, "bytes 5-9/10", false, PART_UNUSABLE},
        {"\"a\"", "bytes 4-9/10", false, PART_UNUSABLE},
        {"\"a\"", "bytes 5-10/11", false, PART_UNUSABLE},
        {"\"a\"", "bytes 5-9/*", false, PART_UNUSABLE},
        {"\"a\"", NULL, false, PART_UNUSABLE},
        {"\"a\"", "bytes 5-9/10", true, PART_UNUSABLE},
    };

    for (size_t i = 0; i < ARRAY_LEN(t); i++) {
        struct folder f = folder_new();
        struct part_answer a = {.status = 206,
                                .etag = t[i].etag,
                                .content_range = t[i].range,
                                .is_coded = t[i].is_coded,
                                .length = -1};
        struct part *p;

        begin(&f);
        p = part_claim(f.parts, "u", NULL);
        cr_assert_eq(part_judge(p, &a, true), t[i].want, "%zu", i);
        cr_assert_eq(part_size(p), t[i].want == PART_GOES_ON ? 5 : 0);
        part_discard(p);
        part_release(p);
        folder_free(&f);
    }
}

Test(part, a_last_modified_is_strong_where_it_is_old)
{
    static const struct {
        const char *etag;
        int64_t age;
        bool varies;
        enum part_verdict want;
    } t[] = {
        {NULL, 60, false, PART_NEW},       {NULL, 59, false, PART_NONE},
        {NULL, -9, false, PART_NONE},      {NULL, 60, true, PART_NONE},
        {"W/\"a\"", 60, false, PART_NONE}, {"\"a\"", 0, true, PART_NEW},
    };
    struct folder f = folder_new();

    for (size_t i = 0; i < ARRAY_LEN(t); i++) {
        struct part_answer a = {.status = 200,
                                .etag = t[i].etag,
                                .last_modified = "then",
                                .last_modified_s = 1000,
                                .date_s = 1000 + t[i].age,
                                .varies = t[i].varies,
                                .length = -1};
        struct part *p = part_claim(f.parts, "u", NULL);

        cr_assert_eq(part_judge(p, &a, false), t[i].want, "%zu", i);
        part_discard(p);
        part_release(p);
    }
    folder_free(&f);
}

Test(part, a_file_that_somebody_else_wrote_to_is_left)
{
    struct folder f = folder_new();
    struct part *p;
    char temp[STORE_TEMP];

    begin(&f);
    p = part_claim(f.parts, "u", NULL);
    part_temp(p, temp);
    cr_assert_eq(store_append(f.store, temp, "x", 1), 0);
    cr_assert_neq(part_append(p, "5", 1), 0);
    part_discard(p);
    part_release(p);
    folder_free(&f);
}
