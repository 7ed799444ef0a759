#include "base/buf.h"
#include "output/resume.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "messages.h"

/* A result's line; the rest of its keys is of no interest. */
#define LINE(index, id, url, ok, error)                                        \
    "{\"index\":" #index ",\"id\":" id ",\"url\":\"" url                       \
    "\",\"method\":\"GET\",\"ok\":" #ok ",\"error\":" error "}\n"
#define OK(index)      LINE(index, "null", "http://h/" #index, true, "null")
#define FAILED(index)  LINE(index, "null", "http://h/" #index, false, DNS)
#define ABORTED(index) LINE(index, "null", "http://h/" #index, false, STOPPED)
#define UNENDED                                                                \
    "{\"index\":1,\"id\":null,\"url\":\"u\",\"ok\":true,\"error\":null}"
#define DNS     "{\"class\":\"dns\",\"code\":\"failed\"}"
#define STOPPED "{\"class\":\"aborted\",\"code\":\"interrupted\"}"

/* Each test has a folder and a process of its own. */
static char folder[] = "/tmp/test_resume.XXXXXX";

static void
enter_folder(void)
{
    cr_assert(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    messages_catch();
    signal(SIGXFSZ, SIG_IGN);
}

static void
leave_folder(void)
{
    static const char *const names[] = {"file", "link", "file.resume-tmp"};

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        unlink(names[i]);
    (void)!chdir("/");
    rmdir(folder);
}

TestSuite(resume, .init = enter_folder, .fini = leave_folder);

static void
write_file(const char *data, size_t len)
{
    int fd = open("file", O_WRONLY | O_CREAT | O_TRUNC, 0644);

    cr_assert_eq(write(fd, data, len), (ssize_t)len);
    close(fd);
}

static void
expect_file(const char *data, size_t len)
{
    static char text[65536];
    int fd = open("file", O_RDONLY);
    ssize_t n = read(fd, text, sizeof(text));

    cr_expect_eq(n, (ssize_t)len, "%zd bytes, not %zu", n, len);
    cr_expect(n == (ssize_t)len && memcmp(text, data, len) == 0, "%.*s", (int)n,
              text);
    close(fd);
}

/* The file is open and locked, as in app/. */
static struct resume *
load(const char *path, bool retry_failed)
{
    int fd = open(path, O_WRONLY | O_APPEND), new_fd = -1;
    struct resume *r;

    cr_assert_eq(flock(fd, LOCK_EX | LOCK_NB), 0);
    r = resume_load(path, fd, retry_failed, false);
    if (r && resume_remove(r, NULL, &new_fd) != 0) {
        resume_free(r);
        r = NULL;
    }
    close(fd);
    if (new_fd >= 0)
        close(new_fd);
    return r;
}

static bool
take(struct resume *r, const char *url, const char *id)
{
    return resume_take(r, &(struct resume_record){
                              .method = "GET",
                              .url = url,
                              .url_len = url ? strlen(url) : 0,
                              .id = id,
                          });
}

struct load_case {
    const char *name;
    const char *before;
    const char *after;        /* NULL: as before */
    const char *after_failed; /* the same with --retry-failed, NULL: as after */
    size_t nkept;             /* without it */
};

static const struct load_case load_cases[] = {
    {"an empty file", "", NULL, NULL, 0},
    {"results", OK(0) OK(1), NULL, NULL, 2},
    {"failed ones", OK(0) FAILED(1) OK(2), NULL, OK(0) OK(2), 3},
    {"aborted ones", ABORTED(0) OK(1) ABORTED(2), OK(1), NULL, 1},
    {"nothing but aborted ones", ABORTED(0) ABORTED(1), "", NULL, 0},
    {"a torn last line", OK(0) "{\"index\":1,\"id\":nu", OK(0), NULL, 1},
    {"a last line without its newline", OK(0) UNENDED, OK(0) UNENDED "\n", NULL,
     2},
    {"nothing but a line without its newline", UNENDED, UNENDED "\n", NULL, 1},
    {"aborted ones before it", ABORTED(0) UNENDED, UNENDED "\n", NULL, 1},
    {"aborted ones and a torn one", ABORTED(0) OK(1) "{\"in", OK(1), NULL, 1},
    {"nothing but the first byte", "{", "", NULL, 0},
    {"nothing but a torn line", "{\"index\":0,\"id\":\"", "", NULL, 0},
    {"a torn line that a later run ended", OK(0) "{\"index\":1,\"id\n" OK(2),
     OK(0) OK(2), NULL, 2},
    {"anything without a newline behind results", OK(0) "\x01\xff garbage",
     OK(0), NULL, 1},
    {"no order", OK(7) OK(3) OK(5) OK(0), NULL, NULL, 4},
    {"results far apart", OK(0) OK(900000000) OK(99999999999999), NULL, NULL,
     3},
};

Test(resume, keeps_what_is_done_and_takes_out_what_is_not)
{
    for (size_t i = 0; i < 2 * ARRAY_LEN(load_cases); i++) {
        const struct load_case *c = &load_cases[i / 2];
        bool retry_failed = i % 2;
        const char *after = c->after ? c->after : c->before;
        struct resume *r;

        if (retry_failed && c->after_failed)
            after = c->after_failed;
        write_file(c->before, strlen(c->before));
        r = load("file", retry_failed);
        cr_assert(r, "%s: %s", c->name, messages());
        if (!retry_failed)
            cr_expect_eq(resume_nleft(r), c->nkept, "%s", c->name);
        expect_file(after, strlen(after));
        cr_expect_neq(access("file.resume-tmp", F_OK), 0, "%s", c->name);
        resume_free(r);
    }
}

static const struct {
    const char *text;
    unsigned line; /* that the message names */
} other_files[] = {
    {"dear diary\n", 1},
    {"dear diary", 1},
    {"http://h/1\nhttp://h/2", 1},
    {"{\"url\":\"http://h/\"}\n", 1},
    {"{\"index\":0,\"url\":\"http://h/\"}\n", 1},
    {"[{\"index\":0}]", 1},
    {" {\"index\":0", 1},
    {OK(0) "dear diary\n", 2},
    {OK(0) OK(1) "{}\n", 3},
    {"{\"index\":-1,\"id\":null,\"url\":\"u\",\"ok\":true,\"error\":null}\n",
     1},
    {"{\"index\":1.5,\"id\":null,\"url\":\"u\",\"ok\":true,\"error\":null}\n",
     1},
    {"{\"index\":0,\"id\":null,\"url\":\"u\",\"ok\":1,\"error\":null}\n", 1},
    {"{\"index\":0,\"id\":null,\"url\":\"u\",\"ok\":true}\n", 1},
    {"{\"index\":0,\"url\":\"u\",\"ok\":true,\"error\":null}\n", 1},
    /* Lines that would be removed are still there. */
    {ABORTED(0) "dear diary\n" OK(1) "{\"index", 2},
};

Test(resume, a_file_of_something_else_is_left_as_it_is)
{
    char place[32];

    for (size_t i = 0; i < ARRAY_LEN(other_files); i++) {
        const char *text = other_files[i].text, *said;

        write_file(text, strlen(text));
        cr_expect_null(load("file", false), "%s", text);
        expect_file(text, strlen(text));
        snprintf(place, sizeof(place), "file:%u: not a result",
                 other_files[i].line);
        said = messages();
        cr_expect(strstr(said, place), "'%s': %s", text, said);
    }
}

Test(resume, a_long_file_of_something_else_is_not_read_to_its_end)
{
    static const char zeros[65536];
    int fd = open("file", O_WRONLY | O_CREAT, 0644);

    cr_assert_eq(write(fd, zeros, sizeof(zeros)), (ssize_t)sizeof(zeros));
    /* Terabytes, in a file with a hole. */
    cr_assert_eq(ftruncate(fd, (off_t)1 << 42), 0);
    close(fd);
    alarm(10);
    cr_expect_null(load("file", false));
}

static struct resume *
load_text(const char *lines)
{
    struct resume *r;

    write_file(lines, strlen(lines));
    r = load("file", false);
    cr_assert(r, "%s", messages());
    return r;
}

Test(resume, a_record_is_done_where_url_and_id_are_the_same)
{
    struct resume *r =
        load_text(LINE(0, "null", "http://h/", true, "null")
                      LINE(1, "\"a\"", "http://h/", true, "null")
                          LINE(2, "{\"k\":[1]}", "http://h/\\u00e9", false, DNS)
                              LINE(4, "null", "http://***@h/", true, "null")
                                  LINE(5, "null", "http://u:p@h/", true, "null")
                                      LINE(6, "null", "", false, DNS));

    cr_expect_not(take(r, "http://h/x", NULL));
    cr_expect_not(take(r, "http://h/", "1"));
    cr_expect(take(r, "http://h/", "\"a\""));
    cr_expect(take(r, "http://h/", NULL));
    cr_expect_not(take(r, "http://h/", NULL), "taken before");
    cr_expect(take(r, "http://h/\u00e9", "{\"k\": [1]}"));
    cr_expect(take(r, "http://u:p@h/", NULL), "as it is");
    cr_expect_eq(resume_nleft(r), 2);
    cr_expect(take(r, "http://u:q@h/", NULL), "as ***");
    cr_expect_not(take(r, "http://u:p@h/", NULL));
    cr_expect(take(r, NULL, NULL));
    cr_expect_not(take(r, NULL, NULL));
    cr_expect_eq(resume_nleft(r), 0);
    resume_free(r);
}

/* What the id is counts, not how it is written, now or by another version. */
Test(resume, an_id_is_the_same_in_other_escapes)
{
    struct resume *r = load_text(
        LINE(0, "\"\\u202ex\\u00e9\"", "http://h/", true, "null")
            LINE(1, "\"\\/\"", "http://h/", true, "null")
                LINE(2, "{\"\\u0041\":1.50}", "http://h/", true, "null"));

    cr_expect(take(r, "http://h/", "\"\u202ex\\u00E9\""));
    cr_expect(take(r, "http://h/", "\"/\""));
    cr_expect(take(r, "http://h/", "{\"A\":1.50}"));
    resume_free(r);
}

/* A line with what it may have, or not. */
#define BARE(more)                                                             \
    "{\"index\":0,\"id\":null,\"url\":\"u\",\"ok\":true,\"error\":null" more   \
    "}\n"
#define HASHED(hash) BARE(",\"method\":\"GET\",\"request_hash\":\"" hash "\"")

struct ask_case {
    const char *name;
    const char *lines;
    const char *method;
    const char *hash;
    bool is_repeat;
    bool is_done;
};

static const struct ask_case ask_cases[] = {
    {"method", BARE(",\"method\":\"PUT\""), "PUT", NULL, false, true},
    {"another method", BARE(",\"method\":\"PUT\""), "GET", NULL, false, false},
    {"no method in the file", BARE(""), "PUT", NULL, false, true},
    {"hash", HASHED("a"), "GET", "a", false, true},
    {"another hash", HASHED("a"), "GET", "b", false, false},
    {"no hash in the record", HASHED("a"), "GET", NULL, false, false},
    {"no hash in the file", BARE(",\"method\":\"GET\""), "GET", "a", false,
     true},
    {"neither in the file", BARE(""), "GET", "a", false, true},
    {"no hash in this line", HASHED("a") BARE(",\"method\":\"GET\""), "GET",
     "b", false, false},
    {"a repeat", BARE(",\"duplicate_of\":0"), "GET", NULL, true, true},
    {"a repeat is no result", BARE(",\"duplicate_of\":0"), "GET", NULL, false,
     false},
    {"a result will do for a repeat", BARE(""), "GET", NULL, true, true},
};

Test(resume, method_hash_and_being_a_repeat_count_where_they_are_known)
{
    for (size_t i = 0; i < ARRAY_LEN(ask_cases); i++) {
        const struct ask_case *c = &ask_cases[i];
        struct resume *r = load_text(c->lines);

        cr_expect_eq(resume_take(r,
                                 &(struct resume_record){
                                     .method = c->method,
                                     .url = "u",
                                     .url_len = 1,
                                     .request_hash = c->hash,
                                     .is_repeat = c->is_repeat,
                                 }),
                     c->is_done, "%s", c->name);
        resume_free(r);
    }
}

Test(resume, n_equal_records_take_n_results)
{
    struct resume *r = load_text(OK(1) OK(2) OK(1) OK(1));

    for (int i = 0; i < 3; i++)
        cr_expect(take(r, "http://h/1", NULL));
    cr_expect_not(take(r, "http://h/1", NULL));
    cr_expect_eq(resume_nleft(r), 1);
    resume_free(r);
}

Test(resume, finds_each_of_many_once)
{
    const unsigned n = 20000;
    struct buf text = BUF_INIT;
    struct resume *r;
    char url[32];

    for (unsigned i = 0; i < n; i++)
        buf_printf(&text,
                   "{\"index\":%u,\"id\":null,\"url\":\"%u\",\"ok\":true,"
                   "\"error\":null}\n",
                   i, i / 2);
    write_file(text.data, text.len);
    buf_fini(&text);
    r = load("file", false);
    cr_assert(r, "%s", messages());
    cr_expect_eq(resume_nleft(r), n);
    for (unsigned i = 0; i < 3 * n / 2; i++) {
        snprintf(url, sizeof(url), "%u", i / 3);
        cr_assert_eq(take(r, url, NULL), i % 3 < 2, "%u", i);
    }
    cr_expect_eq(resume_nleft(r), 0);
    resume_free(r);
}

Test(resume, the_owner_mode_and_symbolic_link_stay)
{
    struct stat before, after;

    write_file(ABORTED(0) OK(1), strlen(ABORTED(0) OK(1)));
    cr_assert_eq(chmod("file", 0640), 0);
    cr_assert_eq(symlink("file", "link"), 0);
    if (geteuid() == 0)
        cr_assert_eq(chown("file", 12345, 54321), 0);
    cr_assert_eq(stat("file", &before), 0);
    resume_free(load("link", false));
    cr_assert_eq(lstat("file", &after), 0);
    cr_expect_eq(after.st_mode, before.st_mode);
    cr_expect_eq(after.st_uid, before.st_uid);
    cr_expect_eq(after.st_gid, before.st_gid);
    expect_file(OK(1), strlen(OK(1)));
    cr_assert_eq(lstat("link", &after), 0);
    cr_expect(S_ISLNK(after.st_mode));
}

Test(resume, the_new_file_is_locked)
{
    int fd, new_fd, other;
    struct resume *r;

    write_file(ABORTED(0), strlen(ABORTED(0)));
    fd = open("file", O_WRONLY | O_APPEND);
    r = resume_load("file", fd, false, false);
    cr_assert(r);
    expect_file(ABORTED(0), strlen(ABORTED(0)));
    cr_assert_eq(resume_remove(r, NULL, &new_fd), 0);
    cr_assert(new_fd >= 0);
    expect_file("", 0);
    other = open("file", O_WRONLY);
    cr_expect_eq(flock(other, LOCK_EX | LOCK_NB), -1);
    resume_free(r);
}

Test(resume, a_temporary_file_of_a_killed_run_is_replaced)
{
    int fd = open("file.resume-tmp", O_WRONLY | O_CREAT, 0600);

    cr_assert_eq(write(fd, "{\"index\"", 8), 8);
    close(fd);
    write_file(ABORTED(0) OK(1), strlen(ABORTED(0) OK(1)));
    resume_free(load("file", false));
    expect_file(OK(1), strlen(OK(1)));
    cr_expect_neq(access("file.resume-tmp", F_OK), 0);
}

Test(resume, a_file_of_others_is_no_temporary_file)
{
    static const char lines[] = ABORTED(0) OK(1);
    int fd = open("file.resume-tmp", O_WRONLY | O_CREAT, 0600);

    cr_assert_eq(write(fd, "mine", 4), 4);
    close(fd);
    write_file(lines, strlen(lines));
    cr_expect_null(load("file", false));
    expect_file(lines, strlen(lines));
    cr_expect(strstr(messages(), "cannot make "));
    cr_expect_eq(access("file.resume-tmp", F_OK), 0);
}

Test(resume, a_disk_that_is_full_leaves_the_file_as_it_is)
{
    static const char lines[] = ABORTED(0) OK(1) OK(2) OK(3);
    struct rlimit limit = {sizeof(lines) / 2, RLIM_INFINITY};

    write_file(lines, strlen(lines));
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_expect_null(load("file", false));
    limit.rlim_cur = RLIM_INFINITY;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    expect_file(lines, strlen(lines));
    cr_expect(strstr(messages(), "cannot rewrite 'file': "));
    cr_expect_neq(access("file.resume-tmp", F_OK), 0);
}

#define LEFT(index, ok, path)                                                  \
    "{\"index\":" #index ",\"id\":null,\"url\":\"u\",\"ok\":" #ok              \
    ",\"error\":null,\"body_path\":" path "}\n"

static void
note_dropped(void *ctx, const char *name, int64_t size)
{
    buf_printf(ctx, "%s:%lld ", name, (long long)size);
}

Test(resume, drops_the_files_of_removed_results)
{
    static const char text[] =
        LEFT(1, false, "\"d/a\",\"size_body\":7") LEFT(2, true, "\"d/ok\"")
            LEFT(3, false, "\"./d//s/../s/b\\\"\"") LEFT(4, false, "\"e/c\"")
                LEFT(5, false, "null") LEFT(6, false, "\"d/both\"")
                    LEFT(7, true, "\"d/both\"") LEFT(8, false, "\"d\"")
                        LEFT(9, false, "\"d/kept\",\"skipped\":true");
    struct buf dropped = BUF_INIT;
    struct resume_bodies bodies = {"d/", note_dropped, &dropped};
    int fd, new_fd;
    struct resume *r;

    write_file(text, sizeof(text) - 1);
    fd = open("file", O_WRONLY | O_APPEND);
    r = resume_load("file", fd, true, false);
    cr_assert_eq(resume_remove(r, &bodies, &new_fd), 0);
    buf_addc(&dropped, '\0');
    cr_expect_str_eq(dropped.data, "a:7 s/b\":-1 ");
    buf_fini(&dropped);
    resume_free(r);
    close(fd);
    close(new_fd);
}

Test(resume, knows_what_files_may_be_replaced)
{
    static const char text[] =
        LEFT(7, false, "\"d/a\\\"b\"") LEFT(3, false, "\"d/c\"")
            LEFT(4, true, "\"d/d\"") LEFT(5, false, "null")
                LEFT(8, false, "\"d/both\"") LEFT(9, true, "\"d/both\"")
                    LEFT(10, false, "\"d/kept\",\"skipped\":true")
                        LEFT(11, false, "\"d/old\",\"url_earlier\":\"u\"")
                            LEFT(12, false, "\"d/f\",\"url_earlier\":null");
    char cwd[80];
    struct resume *r;

    write_file(text, sizeof(text) - 1);
    r = load("file", true);
    cr_assert(r, "%s", messages());
    cr_expect(resume_may_replace(r, "d/a\"b"));
    cr_expect(resume_may_replace(r, "d/c"));
    cr_expect_not(resume_may_replace(r, "d/d"), "a result that stays");
    cr_expect_not(resume_may_replace(r, "d/both"), "one that stays, too");
    cr_expect_not(resume_may_replace(r, "d/e"), "nobody's");
    cr_expect_not(resume_may_replace(r, "null"), "none");
    cr_expect_not(resume_may_replace(r, "d/kept"), "it was there");
    cr_expect_not(resume_may_replace(r, "d/old"), "an earlier result's");
    cr_expect(resume_may_replace(r, "d/f"));
    cr_expect(resume_may_replace(r, "./d//x/../c"));
    cr_expect(resume_may_replace(r, strcat(getcwd(cwd, 64), "/d/c")));
    cr_expect_not(resume_may_replace(r, "/d/c"), "another folder");
    cr_expect_not(resume_may_replace(r, "../d/c"), "another one");
    resume_free(r);
}
