#include "base/buf.h"
#include "body/body.h"
#include "body/store.h"
#include "cli/opts.h"
#include "job/job.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

/* The SHA-256 of "hello", and of no bytes. */
#define HELLO "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static char dir[] = "/tmp/fanfetch-body.XXXXXX";
static struct job_pool *pool;
static struct job *job;
static struct opts opts;
static struct body_env env;

/* A job whose response is 200 and plain text. */
static struct job *
new_job(uint64_t index)
{
    struct job *j = job_new(pool);

    j->index = index;
    j->origin.host = "h";
    j->target.url = "http://h/";
    j->req.method = "GET";
    j->res.status = 200;
    j->res.content_type = "text/plain";
    j->next = JOB_FINAL;
    return j;
}

static void
setup(void)
{
    cr_assert_not_null(mkdtemp(dir));
    opts = (struct opts){
        .output_dir = dir,
        .output_name = "{hash}{ext}",
        .max_size = -1,
        .truncate = -1,
    };
    env = (struct body_env){.opts = &opts, .store = store_open(dir, true)};
    cr_assert_not_null(env.store);
    pool = job_pool_new();
    job = new_job(3);
}

static void
teardown(void)
{
    char command[64];

    job_free(pool, job);
    job_pool_free(pool);
    store_close(env.store);
    snprintf(command, sizeof(command), "rm -rf %s", dir);
    cr_assert_eq(system(command), 0);
}

TestSuite(body, .init = setup, .fini = teardown);

static enum body_verdict
add(const char *text)
{
    return body_add(&env, job, text, strlen(text), true);
}

/* The job's next response comes to the same job. */
static void
again(void)
{
    body_drop(job);
    job_free(pool, job);
    job = new_job(4);
}

static void
settle(const char *text)
{
    cr_assert_eq(add(text), BODY_MORE);
    body_commit(&env, job);
    cr_assert_null(job->body);
}

/* "DIR/name", of a static buffer. */
static const char *
in_dir(const char *name)
{
    static char path[PATH_MAX];

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    return path;
}

static void
expect_file(const char *name, const char *text)
{
    char data[64];
    FILE *f = fopen(in_dir(name), "r");
    size_t n;

    cr_assert_not_null(f, "%s: %s", name, strerror(errno));
    n = fread(data, 1, sizeof(data), f);
    fclose(f);
    cr_expect_eq(n, strlen(text), "%s", name);
    cr_expect_eq(memcmp(data, text, n), 0, "%s", name);
}

/* Entries of the folder, hidden ones included. */
static int
count_files(void)
{
    DIR *d = opendir(dir);
    int n = 0;

    cr_assert_not_null(d);
    while (readdir(d))
        n++;
    closedir(d);
    return n - 2;
}

static void
expect_error(const char *code)
{
    cr_expect_eq(job->res.error.class, ERR_WRITE, "%s", code);
    cr_expect_str_eq(job->res.error.code, code);
    cr_expect_eq(job->res.error.phase, PHASE_WRITE);
    cr_expect_not(job->res.error.retryable);
    cr_expect_null(job->res.body_path);
}

Test(body, a_complete_body_is_a_file)
{
    cr_assert_eq(add("hel"), BODY_MORE);
    settle("lo");
    cr_expect_eq(job->res.error.class, ERR_NONE);
    cr_expect_str_eq(job->res.body_path, in_dir(HELLO ".txt"));
    expect_file(HELLO ".txt", "hello");
    cr_expect_eq(count_files(), 1);
    cr_expect_null(job->res.sha256); /* nobody asked */
}

Test(body, the_file_has_the_mode_of_any_new_file)
{
    struct stat st;
    mode_t mask = umask(0);

    umask(mask);
    settle("hello");
    cr_assert_eq(stat(job->res.body_path, &st), 0);
    cr_expect_eq(st.st_mode & 07777, 0666 & ~mask);
}

Test(body, an_incomplete_body_has_no_file_with_its_name)
{
    size_t len = 300 * 1024;
    char *data = malloc(len);
    struct stat st;
    DIR *d;
    struct dirent *entry;

    memset(data, 'x', len);
    cr_assert_eq(body_add(&env, job, data, 100, true), BODY_MORE);
    cr_expect_eq(count_files(), 0);
    for (size_t at = 100; at < len; at += 100)
        cr_assert_eq(
            body_add(&env, job, data, len - at < 100 ? len - at : 100, true),
            BODY_MORE);
    cr_expect_eq(count_files(), 1);
    d = opendir(dir);
    while ((entry = readdir(d)))
        cr_expect_eq(entry->d_name[0], '.', "%s", entry->d_name);
    closedir(d);

    body_commit(&env, job);
    cr_expect_eq(count_files(), 1);
    cr_assert_eq(stat(job->res.body_path, &st), 0);
    cr_expect_eq((size_t)st.st_size, len);
    free(data);
}

Test(body, a_failed_response_leaves_nothing)
{
    static char data[200 * 1024];

    cr_assert_eq(body_add(&env, job, data, sizeof(data), true), BODY_MORE);
    cr_assert_eq(body_add(&env, job, data, sizeof(data), true), BODY_MORE);
    cr_expect_eq(count_files(), 1);
    result_fail(&job->res, ERR_TIMEOUT, "total", PHASE_RECEIVE, true, "slow");
    body_commit(&env, job);
    cr_expect_eq(count_files(), 0);
    cr_expect_null(job->body);
    cr_expect_null(job->res.body_path);
    cr_expect_str_eq(job->res.error.code, "total");
}

Test(body, a_response_that_is_not_the_last_leaves_nothing)
{
    static const enum job_next nexts[] = {JOB_HOP, JOB_RETRY};

    opts.sha256 = true;
    for (size_t i = 0; i < ARRAY_LEN(nexts); i++) {
        job->next = nexts[i];
        settle("hello");
        cr_expect_eq(count_files(), 0);
        cr_expect_null(job->res.body_path);
        cr_expect_null(job->res.sha256);
    }
}

Test(body, a_status_that_is_not_accepted_does_not_matter)
{
    job->res.status = 404;
    result_fail(&job->res, ERR_HTTP, "http_404", PHASE_RECEIVE, false, "404");
    settle("hello");
    expect_file(HELLO ".txt", "hello");
    cr_expect_str_eq(job->res.error.code, "http_404");
    cr_expect_not_null(job->res.body_path);
}

Test(body, a_response_without_a_body_has_no_file)
{
    static const struct {
        int status;
        const char *method;
        bool is_stored;
    } cases[] = {
        {204, "GET", false},  {205, "GET", false}, {304, "GET", false},
        {200, "HEAD", false}, {0, "GET", false},   {404, "HEAD", false},
        {200, "GET", true},
    };

    opts.sha256 = true;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        again();
        job->res.status = cases[i].status;
        job->req.method = cases[i].method;
        body_commit(&env, job);
        cr_expect_eq(job->res.body_path != NULL, cases[i].is_stored, "%d %s",
                     cases[i].status, cases[i].method);
        cr_expect_eq(job->res.sha256 != NULL, cases[i].is_stored);
        cr_expect_eq(count_files(), cases[i].is_stored);
    }
    expect_file(EMPTY ".txt", "");
}

Test(body, the_hash_is_set_on_request)
{
    store_close(env.store);
    env.store = NULL;
    opts.output_dir = NULL;
    opts.sha256 = true;
    cr_assert_eq(add("hel"), BODY_MORE);
    settle("lo");
    cr_expect_str_eq(job->res.sha256, HELLO);
    cr_expect_null(job->res.body_path);
    cr_expect_eq(count_files(), 0);
}

Test(body, the_record_may_name_its_file)
{
    job->output_name = "a/b/{hash}.x";
    settle("hello");
    cr_expect_str_eq(job->res.body_path, in_dir("a/b/{hash}.x"));
    expect_file("a/b/{hash}.x", "hello");
}

Test(body, the_template_may_make_folders)
{
    opts.output_name = "{hash:2}/{host}/{index}{ext}";
    settle("hello");
    expect_file("2c/h/3.txt", "hello");
    again();
    settle("hello");
    expect_file("2c/h/4.txt", "hello");
}

Test(body, a_name_that_leads_out_is_an_error)
{
    static const char *const names[] = {
        "../x", "/etc/x", "a//b", "..", ".", "a/", "a\nb", "x/../../y",
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        again();
        job->output_name = names[i];
        settle("hello");
        expect_error("name_invalid");
    }
    cr_expect_eq(count_files(), 0);
}

Test(body, an_empty_name_becomes_an_underscore)
{
    opts.output_name = "{ext}";
    job->res.content_type = NULL;
    settle("hello");
    cr_assert_eq(job->res.error.class, ERR_NONE);
    cr_expect_str_eq(job->res.body_path, in_dir("_"));
}

Test(body, a_symbolic_link_is_not_followed)
{
    char outside[] = "/tmp/fanfetch-body.XXXXXX";
    struct stat st;

    cr_assert_not_null(mkdtemp(outside));
    cr_assert_eq(symlink(outside, in_dir("out")), 0);
    job->output_name = "out/x";
    settle("hello");
    expect_error("name_taken");
    /* A link is not followed, even if it dangles. */
    cr_assert_eq(symlink("nowhere", in_dir("link")), 0);
    again();
    job->output_name = "link";
    settle("hello");
    expect_error("name_taken");
    cr_expect_neq(stat(in_dir("nowhere"), &st), 0);
    cr_expect_eq(rmdir(outside), 0); /* it is empty */
}

/* The target of a link belongs to others. */
Test(body, a_symbolic_link_to_the_same_content_is_another_file)
{
    job->output_name = "mine";
    settle("hello");
    cr_assert_eq(symlink("mine", in_dir(HELLO ".txt")), 0);
    again();
    settle("hello");
    expect_error("name_taken");
}

Test(body, nothing_is_overwritten)
{
    job->output_name = "x";
    settle("first");
    again();
    job->output_name = "x";
    settle("first");
    expect_error("name_taken");
    cr_expect_eq(job->res.error.os_errno, EEXIST);
    again();
    job->output_name = "x/y";
    settle("second");
    expect_error("name_taken");
    expect_file("x", "first");
    cr_expect_eq(count_files(), 1);
}

Test(body, the_same_content_is_stored_once)
{
    static const char *const templates[] = {"{hash}", "{hash:8}",
                                            "{hash:2}/{hash}"};

    for (size_t i = 0; i < ARRAY_LEN(templates); i++) {
        struct stat before, after;

        opts.output_name = templates[i];
        again();
        settle("hello");
        cr_assert_eq(stat(job->res.body_path, &before), 0);
        again();
        settle("hello");
        cr_expect_eq(job->res.error.class, ERR_NONE);
        cr_assert_not_null(job->res.body_path);
        cr_assert_eq(stat(job->res.body_path, &after), 0);
        cr_expect_eq(before.st_ino, after.st_ino);
    }
    cr_expect_eq(count_files(), 3);
}

Test(body, a_run_that_is_resumed_may_find_what_it_has_stored)
{
    opts.output_name = "{index}";
    opts.resume = true;
    settle("hello");
    again();
    job->index = 3;
    settle("hello");
    cr_expect_eq(job->res.error.class, ERR_NONE);
    cr_expect_str_eq(job->res.body_path, in_dir("3"));
    again();
    job->index = 3;
    settle("HELLO"); /* it is another one by now */
    expect_error("name_taken");
    expect_file("3", "hello");
    cr_expect_eq(count_files(), 1);
}

static bool
is_the_fourth(const void *ctx, const char *path)
{
    return strcmp(path, ctx) == 0;
}

/* A new run: all files that are there are of an earlier one. */
static void
begin_run(void)
{
    store_close(env.store);
    env.store = store_open(dir, true);
    cr_assert_not_null(env.store);
}

static void
set_time(const char *name, time_t seconds)
{
    const struct timespec t[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};

    cr_assert_eq(utimensat(AT_FDCWD, in_dir(name), t, 0), 0);
}

Test(body, a_file_of_an_earlier_run_is_replaced_once)
{
    char path[PATH_MAX];

    snprintf(path, sizeof(path), "%s", in_dir("3"));
    opts.output_name = "{index}";
    env.may_replace = is_the_fourth;
    env.ctx = path;
    settle("hello");
    set_time("3", INT32_MAX); /* as of an archive from a wrong clock */
    begin_run();
    again();
    job->index = 3;
    settle("HELLO");
    cr_expect_eq(job->res.error.class, ERR_NONE);
    expect_file("3", "HELLO");
    again();
    job->output_name = "3"; /* of another record of this run */
    set_time("3", 1);
    settle("other");
    expect_error("name_taken");
    expect_file("3", "HELLO");
    again();
    job->index = 4;
    settle("fifth");
    begin_run();
    again();
    job->index = 4;
    settle("other");
    expect_error("name_taken");
    expect_file("4", "fifth");
    cr_expect_eq(count_files(), 2);
}

/* A record may ask for just the name that another one's content leads to. */
Test(body, a_name_that_is_a_hash_proves_nothing)
{
    static const char name[] = "2cf24dba5fb0a30e26e83b2ac5b9e29e"
                               "1b161e5c1fa7425e73043362938b9824";

    job->output_name = name; /* the hash of "hello" */
    settle("HELLO");
    cr_expect_eq(job->res.error.class, ERR_NONE);
    again();
    opts.output_name = "{hash}";
    settle("hello");
    expect_error("name_taken");
    expect_file(name, "HELLO");
}

Test(body, a_few_equal_digits_are_not_the_same_content)
{
    FILE *f = fopen(in_dir("2cf2"), "w");

    fputs("HELLO", f);
    fclose(f);
    opts.output_name = "{hash:4}";
    settle("hello");
    expect_error("name_taken");
    expect_file("2cf2", "HELLO");
    cr_expect_eq(count_files(), 1);
}

Test(body, half_the_content_is_not_the_same_content)
{
    FILE *f = fopen(in_dir(HELLO ".txt"), "w");

    fputs("hel", f);
    fclose(f);
    settle("hello");
    expect_error("name_taken");
    expect_file(HELLO ".txt", "hel");
}

Test(body, a_name_that_is_a_folder_or_a_fifo_is_taken)
{
    cr_assert_eq(mkdir(in_dir(HELLO ".txt"), 0700), 0);
    settle("hello");
    expect_error("name_taken");
    cr_assert_eq(rmdir(in_dir(HELLO ".txt")), 0);
    cr_assert_eq(mkfifo(in_dir(HELLO ".txt"), 0600), 0);
    again();
    settle("hello");
    expect_error("name_taken");
}

Test(body, a_long_name_is_cut)
{
    char name[400];
    const char *last;

    memset(name, 'a', sizeof(name));
    strcpy(name + 390, ".html");
    job->output_name = name;
    settle("hello");
    cr_assert_not_null(job->res.body_path);
    last = strrchr(job->res.body_path, '/') + 1;
    cr_expect_eq(strlen(last), 255);
    cr_expect_str_eq(last + 250, ".html");
    expect_file(last, "hello");
}

Test(body, a_file_that_cannot_grow_ends_the_transfer)
{
    static char data[100 * 1024];
    struct rlimit old, small = {1024, RLIM_INFINITY};

    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    cr_expect_eq(body_add(&env, job, data, sizeof(data), true), BODY_MORE);
    cr_expect_eq(body_add(&env, job, data, sizeof(data), true), BODY_UNWRITTEN);
    setrlimit(RLIMIT_FSIZE, &old);
    expect_error("file_too_large");
    body_commit(&env, job);
    cr_expect_eq(count_files(), 0);
}

Test(body, a_dropped_body_may_begin_again)
{
    static char data[100 * 1024];

    opts.sha256 = true;
    cr_assert_eq(body_add(&env, job, data, sizeof(data), true), BODY_MORE);
    cr_assert_eq(body_add(&env, job, data, sizeof(data), true), BODY_MORE);
    body_drop(job);
    cr_expect_eq(count_files(), 0);
    job->res.size_body = 0;
    settle("hello");
    cr_expect_str_eq(job->res.sha256, HELLO);
    expect_file(HELLO ".txt", "hello");
}

Test(body, the_body_of_a_followed_redirect_is_counted_only)
{
    opts.body = BODY_AUTO;
    cr_expect_eq(body_add(&env, job, "hello", 5, false), BODY_MORE);
    cr_expect_eq(job->res.size_body, 5);
    cr_expect_eq(job->res.body.len, 0);
    cr_expect_null(job->body);
}

Test(body, truncate_keeps_the_first_bytes)
{
    static const struct {
        int64_t truncate;
        enum body_verdict verdict; /* of the second piece */
        const char *kept;
        bool is_truncated;
    } cases[] = {
        {0, BODY_ENOUGH, "", true},           {2, BODY_ENOUGH, "he", true},
        {3, BODY_ENOUGH, "hel", true},        {4, BODY_ENOUGH, "hell", true},
        {5, BODY_MORE, "hello", false},       {6, BODY_MORE, "hello", false},
        {1 << 30, BODY_MORE, "hello", false},
    };

    opts.output_name = "{index}";
    opts.sha256 = true;
    opts.body = BODY_AUTO;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        again();
        job->index = i;
        opts.truncate = cases[i].truncate;
        if (add("hel") == BODY_MORE)
            cr_expect_eq(add("lo"), cases[i].verdict, "%zu", i);
        else
            cr_expect_lt(cases[i].truncate, 3, "%zu", i);
        body_commit(&env, job);
        cr_expect_eq(job->res.body_truncated, cases[i].is_truncated, "%zu", i);
        cr_expect_eq(job->res.error.class, ERR_NONE);
        cr_expect_eq((size_t)job->res.size_body, strlen(cases[i].kept));
        cr_expect_eq(job->res.body.len, strlen(cases[i].kept));
        expect_file((char[]){(char)('0' + i), '\0'}, cases[i].kept);
        /* The hash of a piece would be taken for that of the whole. */
        cr_expect_eq(!job->res.sha256, cases[i].is_truncated);
    }
}

Test(body, a_body_over_the_limit_is_an_error)
{
    opts.max_size = 5;
    cr_expect_eq(add("hello"), BODY_MORE);
    cr_expect_eq(add("!"), BODY_TOO_LARGE);
    cr_expect_eq(job->res.error.class, ERR_TOO_LARGE);
    body_commit(&env, job);
    cr_expect_eq(count_files(), 0);
    /* Whether or not anybody wants it. */
    again();
    opts.output_dir = NULL;
    cr_expect_eq(body_add(&env, job, "hello!", 6, true), BODY_TOO_LARGE);
}

Test(body, limits_are_not_for_redirects)
{
    opts.max_size = opts.truncate = 5;
    cr_expect_eq(body_add(&env, job, "hello!", 6, false), BODY_MORE);
    cr_expect_eq(job->res.size_body, 6);
    cr_expect_not(job->res.body_truncated);
}

Test(body, truncate_goes_before_a_limit_that_it_does_not_exceed)
{
    opts.truncate = 5;
    opts.max_size = 5;
    cr_expect_eq(add("hello!"), BODY_ENOUGH);
    again();
    opts.max_size = 4;
    cr_expect_eq(add("hello!"), BODY_TOO_LARGE);
}

Test(body, a_body_in_the_line_has_a_cap_of_its_own)
{
    static char mib[1 << 20];

    body_commit(&env, job);
    again();
    store_close(env.store);
    env.store = NULL;
    opts.body = BODY_AUTO;
    for (int i = 0; i < 16; i++)
        cr_expect_eq(body_add(&env, job, mib, sizeof(mib), true), BODY_MORE);
    cr_expect_eq(add("!"), BODY_TOO_LARGE);
    again();
    opts.truncate = 17 << 20;
    for (int i = 0; i < 17; i++)
        cr_expect_eq(body_add(&env, job, mib, sizeof(mib), true), BODY_MORE);
    cr_expect_eq(add("!"), BODY_ENOUGH);
}

Test(body, the_last_attempt_tells_that_writing_failed)
{
    struct attempt second = {.status = 200}, first = {.status = 503};

    first.error_class = ERR_HTTP;
    first.next = &second;
    job->res.attempt_log = &first;
    job->output_name = "..";
    settle("hello");
    cr_expect_eq(second.error_class, ERR_WRITE);
    cr_expect_eq(first.error_class, ERR_HTTP);
}

Test(body, a_folder_is_made_with_those_above_it)
{
    struct store *s;
    char path[128];

    snprintf(path, sizeof(path), "%s/a/b//c/", dir);
    s = store_open(path, false);
    cr_assert_not_null(s);
    path[strlen(path) - 1] = '\0';
    cr_expect_str_eq(store_dir(s), path);
    cr_expect_eq(access(path, W_OK), 0);
    store_close(s);
}
