#include "base/arena.h"
#include "job/result.h"
#include "output/warc_file.h"
#include "output/warc_seen.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>

static char dir[] = "/tmp/test_warc.XXXXXX";

static void
enter(void)
{
    cr_assert(mkdtemp(dir));
    cr_assert_eq(chdir(dir), 0);
}

static void
leave(void)
{
    char command[64];

    snprintf(command, sizeof(command), "rm -r %s", dir);
    cr_assert_eq(system(command), 0);
}

TestSuite(warc_file, .init = enter, .fini = leave);

#define RECORD "WARC/1.1\r\nContent-Length: 4\r\n\r\nbody\r\n\r\n"
#define LEN    ((int64_t)sizeof(RECORD) - 1)

static struct warc_file *
open_file(const char *path, int64_t size)
{
    struct warc_file *f;

    cr_assert_eq(warc_file_open(path, size, &f), WARC_OPENED);
    return f;
}

/* Append a record in three parts; where it is. */
static int64_t
append(struct warc_file *f)
{
    static const struct warc_part parts[] = {
        {RECORD, 10, -1},
        {&RECORD[10], 20, -1},
        {&RECORD[30], sizeof(RECORD) - 1 - 30, -1},
    };
    int64_t offset = -1;

    cr_assert_eq(warc_file_append(f, parts, ARRAY_LEN(parts), &offset), 0);
    return offset;
}

static int64_t
size_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? st.st_size : -1;
}

static void
write_file(const char *path, const char *text, size_t len)
{
    FILE *f = fopen(path, "w");

    cr_assert(f);
    cr_assert_eq(fwrite(text, 1, len, f), len);
    fclose(f);
}

Test(warc_file, records_are_added_behind_whole_ones)
{
    for (size_t torn = 0; torn < (size_t)LEN; torn++) {
        char text[2 * sizeof(RECORD)] = RECORD;
        struct warc_file *f;

        memcpy(text + LEN, RECORD, torn);
        write_file("a.warc", text, (size_t)LEN + torn);
        f = open_file("a.warc", -1);
        cr_assert_eq(size_of("a.warc"), LEN, "torn at %zu", torn);
        cr_assert_eq(append(f), LEN);
        cr_assert_eq(append(f), 2 * LEN);
        cr_assert_eq(warc_file_close(f), 0);
        cr_assert_eq(size_of("a.warc"), 3 * LEN);
    }
}

Test(warc_file, a_file_that_is_no_archive_is_refused)
{
    static const char *const texts[] = {
        "x",          "WARD", "\x1f\x8b\x08", "WARC/1.1\r\nX: y\r\n\r\nbody",
        (RECORD "x"),
    };

    cr_redirect_stderr();
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct warc_file *f;

        write_file("a.warc", texts[i], strlen(texts[i]));
        cr_assert_eq(warc_file_open("a.warc", -1, &f), WARC_REFUSED, "%zu", i);
        cr_assert_eq(size_of("a.warc"), (int64_t)strlen(texts[i]));
    }
    cr_assert_eq(mkdir("b.warc", 0700), 0);
    cr_assert_eq(warc_file_open("b.warc", -1, &(struct warc_file *){NULL}),
                 WARC_REFUSED);
    cr_assert_eq(warc_file_open("no/a.warc", -1, &(struct warc_file *){NULL}),
                 WARC_FAILED);
}

Test(warc_file, a_group_is_there_whole_or_not_at_all)
{
    struct warc_file *f = open_file("a.warc", -1);
    struct warc_part parts[] = {{RECORD, 10, -1}, {NULL, 0, -1}};
    int64_t offset;

    append(f);
    /* Its second part is a file that can't be read. */
    parts[1].fd = open("none", O_WRONLY | O_CREAT, 0600);
    cr_assert_neq(warc_file_append(f, parts, 2, &offset), 0);
    cr_assert_eq(size_of("a.warc"), LEN);
    cr_assert_eq(append(f), LEN);
    close(parts[1].fd);

    /* A file that can be read. */
    write_file("part", RECORD, (size_t)LEN);
    parts[0] = (struct warc_part){NULL, 0, open("part", O_RDONLY)};
    parts[1] = (struct warc_part){RECORD, (size_t)LEN, -1};
    cr_assert_eq(warc_file_append(f, parts, 2, &offset), 0);
    cr_assert_eq(offset, 2 * LEN);
    cr_assert_eq(append(f), 4 * LEN);
    close(parts[0].fd);
    cr_assert_eq(warc_file_close(f), 0);
    cr_assert_eq(warc_file_close(NULL), 0);
}

Test(warc_file, files_are_numbered)
{
    struct warc_file *f = open_file("a.warc", 2 * LEN);

    cr_assert_str_eq(warc_file_name(f), "a-00001.warc");
    cr_assert_not(warc_file_is_full(f, 1000), "one record is always taken");
    append(f);
    cr_assert_not(warc_file_is_full(f, (uint64_t)LEN));
    cr_assert(warc_file_is_full(f, (uint64_t)LEN + 1));
    cr_assert_eq(warc_file_next(f), 0);
    cr_assert_str_eq(warc_file_name(f), "a-00002.warc");
    cr_assert_eq(append(f), 0);
    cr_assert_eq(warc_file_close(f), 0);

    /* A later run goes on in the last one. */
    f = open_file("a.warc", 2 * LEN);
    cr_assert_str_eq(warc_file_name(f), "a-00002.warc");
    cr_assert_eq(append(f), LEN);
    cr_assert_eq(warc_file_close(f), 0);
    f = open_file("b.gz", 0);
    cr_assert_str_eq(warc_file_name(f), "b-00001.gz");
    cr_assert_eq(warc_file_close(f), 0);
    cr_assert(warc_file_is_gz("b.gz") && !warc_file_is_gz("gz"));
}

Test(warc_file, a_second_run_does_not_write_to_it)
{
    struct warc_file *f = open_file("a.warc", -1);

    cr_redirect_stderr();
    cr_assert_eq(warc_file_open("a.warc", -1, &(struct warc_file *){NULL}),
                 WARC_FAILED);
    cr_assert_eq(warc_file_close(f), 0);
}

TestSuite(warc_seen);

#define SHA "00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00f"

Test(warc_seen, the_last_payload_of_a_place_is_known)
{
    struct archived a = {
        .id = "urn:uuid:00000000-0000-4000-8000-000000000000",
        .url = "http://h/",
        .date = "2026-11-29T10:00:00.000Z",
        .file = "a.warc",
        .offset = 70,
        .length = 800,
    };
    struct warc_seen *s = warc_seen_new();
    const struct archived *found;
    struct arena mem;
    char *url = malloc(2000);

    arena_init(&mem);
    cr_assert_null(warc_seen_find(s, SHA "1", &mem));
    warc_seen_add(s, SHA "1", &a);
    found = warc_seen_find(s, SHA "1", &mem);
    cr_assert(found);
    cr_assert_str_eq(found->id, a.id);
    cr_assert_str_eq(found->url, a.url);
    cr_assert_str_eq(found->date, a.date);
    cr_assert_str_eq(found->file, a.file);
    cr_assert_eq(found->offset, 70);
    cr_assert_eq(found->length, 800);
    cr_assert_null(warc_seen_find(s, SHA "2", &mem), "of the same place");

    /* A long one is not noted, another takes the place. */
    memset(url, 'x', 1999);
    url[1999] = '\0';
    a.url = url;
    warc_seen_add(s, SHA "2", &a);
    cr_assert_null(warc_seen_find(s, SHA "2", &mem));
    a.url = "http://i/";
    warc_seen_add(s, SHA "2", &a);
    cr_assert(warc_seen_find(s, SHA "2", &mem));
    cr_assert_null(warc_seen_find(s, SHA "1", &mem));
    arena_reset(&mem);
    warc_seen_free(s);
    warc_seen_free(NULL);
    free(url);
}
