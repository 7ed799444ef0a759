#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include <criterion/criterion.h>

Test(fs, a_file_is_locked_and_a_device_is_not)
{
    char path[] = "/tmp/test_fs.XXXXXX";
    int first = mkstemp(path), second = open(path, O_WRONLY);
    int null[] = {open("/dev/null", O_WRONLY), open("/dev/null", O_WRONLY)};

    cr_assert_eq(fs_lock(first), 0);
    cr_assert_eq(fs_lock(second), -1);
    cr_assert_eq(errno, EWOULDBLOCK);
    close(first);
    cr_assert_eq(fs_lock(second), 0);
    cr_assert_eq(fs_lock(null[0]), 0);
    cr_assert_eq(fs_lock(null[1]), 0, "for any number of runs");
    close(second);
    close(null[0]);
    close(null[1]);
    unlink(path);
}

Test(fs, pieces_are_written_whole_into_a_slow_pipe)
{
    enum { LEN = 300000 };
    char *data = malloc(LEN), *back = malloc(LEN);
    int fds[2];
    size_t got = 0;
    ssize_t n;

    for (size_t i = 0; i < LEN; i++)
        data[i] = (char)(i % 251);
    cr_assert_eq(pipe(fds), 0);
    cr_assert_eq(fcntl(fds[1], F_SETFL, O_NONBLOCK), 0);
    if (fork() == 0) {
        struct iovec pieces[] = {
            {data, 0}, {data, 1},           {data + 1, LEN - 2},
            {NULL, 0}, {data + LEN - 1, 1},
        };

        close(fds[0]);
        _exit(fs_writev_all(fds[1], pieces, ARRAY_LEN(pieces)) == 0 ? 0 : 1);
    }
    close(fds[1]);
    while ((n = read(fds[0], back + got, LEN - got)) > 0)
        got += (size_t)n;
    cr_assert_eq(got, (size_t)LEN);
    cr_assert_eq(memcmp(back, data, LEN), 0);
    close(fds[0]);
    free(data);
    free(back);
}
