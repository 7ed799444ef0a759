#include "base/buf.h"
#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

static char dir[] = "/tmp/replace.XXXXXX";

static void
set_up(void)
{
    cr_assert_not_null(mkdtemp(dir));
    cr_assert_eq(chdir(dir), 0);
}

static void
tear_down(void)
{
    glob_t found;

    cr_assert_eq(glob("*", 0, NULL, &found) & ~GLOB_NOMATCH, 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        (void)unlink(found.gl_pathv[i]);
    globfree(&found);
    (void)rmdir(dir);
}

TestSuite(replace, .init = set_up, .fini = tear_down);

/* How many files there are. */
static size_t
count_files(void)
{
    glob_t found;
    size_t n;

    (void)glob("*", 0, NULL, &found);
    n = found.gl_pathc;
    globfree(&found);
    return n;
}

static int
replace(const char *path, const char *text)
{
    struct buf b = BUF_INIT;
    int ret, err;

    buf_addstr(&b, text);
    ret = replace_file(path, 0600, &b);
    err = errno;
    buf_fini(&b);
    errno = err;
    return ret;
}

static void
expect_text(const char *path, const char *want)
{
    char got[64];
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, got, sizeof(got) - 1);

    close(fd);
    cr_assert_geq(n, 0, "%s", path);
    got[n] = '\0';
    cr_expect_str_eq(got, want, "%s", path);
}

Test(replace, a_new_file_gets_the_mode_and_an_old_one_keeps_its_own)
{
    struct stat st;

    cr_assert_eq(replace("f", "one"), 0);
    expect_text("f", "one");
    cr_assert_eq(stat("f", &st), 0);
    cr_expect_eq(st.st_mode & 0777, 0600);
    cr_assert_eq(chmod("f", 0640), 0);
    cr_assert_eq(replace("f", "2"), 0);
    expect_text("f", "2");
    cr_assert_eq(stat("f", &st), 0);
    cr_expect_eq(st.st_mode & 0777, 0640);
    cr_expect_eq(count_files(), 1);
}

Test(replace, a_symbolic_link_stays_one)
{
    struct stat st;

    cr_assert_eq(symlink("target", "link"), 0);
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(replace("link", i == 0 ? "one" : "two"), 0);
        cr_assert_eq(lstat("link", &st), 0);
        cr_expect(S_ISLNK(st.st_mode));
        expect_text("target", i == 0 ? "one" : "two");
    }
    cr_expect_eq(count_files(), 2);
}

Test(replace, the_owner_and_mode_stay)
{
    struct stat before, after;

    cr_assert_eq(replace("f", "one"), 0);
    if (geteuid() == 0)
        cr_assert_eq(chown("f", 12345, 54321), 0);
    cr_assert_eq(chmod("f", 0640), 0);
    cr_assert_eq(stat("f", &before), 0);
    cr_assert_eq(replace("f", "two"), 0);
    cr_assert_eq(stat("f", &after), 0);
    cr_expect_eq(after.st_mode, before.st_mode);
    cr_expect_eq(after.st_uid, before.st_uid);
    cr_expect_eq(after.st_gid, before.st_gid);
    expect_text("f", "two");
}

Test(replace, a_file_that_cannot_be_replaced_stays_as_it_was)
{
    cr_expect_eq(replace("no/such", "x"), -1);
    cr_expect_eq(errno, ENOENT);
    cr_assert_eq(mkfifo("fifo", 0600), 0);
    cr_expect_eq(replace("fifo", "x"), -1);
    cr_expect_eq(errno, ENXIO);
    if (access("/dev/full", W_OK) == 0) {
        cr_expect_eq(replace("/dev/full", "x"), -1);
        cr_expect_eq(errno, ENOSPC);
    }
    cr_expect_eq(count_files(), 1, "the pipe alone");
}

Test(replace, a_check_leaves_nothing_behind)
{
    cr_expect_eq(replace_check("f"), 0);
    cr_expect_eq(count_files(), 0);
    cr_assert_eq(replace("f", "one"), 0);
    cr_expect_eq(replace_check("f"), 0);
    expect_text("f", "one");
    cr_expect_eq(replace_check("/dev/null"), 0);
    cr_expect_eq(replace_check("no/such"), -1);
    cr_expect_eq(errno, ENOENT);
    cr_expect_eq(replace_check("/tmp"), -1);
    cr_expect_eq(errno, EISDIR);
    cr_expect_eq(count_files(), 1);
}
