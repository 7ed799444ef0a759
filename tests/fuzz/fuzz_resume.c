/*
 * fuzz_resume.c - a result file in any state is either left as it is, or
 * becomes some of its own whole lines, which are then read the same again.
 *
 * The input: a letter, odd for --retry-failed, and the file.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "output/resume.h"

static char folder[] = "/tmp/fuzz_resume.XXXXXX";
static char path[sizeof(folder) + 2];

static void
remove_folder(void)
{
    unlink(path);
    rmdir(folder);
}

static void
make_folder(void)
{
    check(mkdtemp(folder) != NULL);
    snprintf(path, sizeof(path), "%s/f", folder);
    atexit(remove_folder);
}

static void
write_file(const void *data, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    check(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    close(fd);
}

static void
read_file(struct buf *text)
{
    int fd = open(path, O_RDONLY);
    struct stat st;

    check(fd >= 0 && fstat(fd, &st) == 0);
    buf_clear(text);
    buf_reserve(text, (size_t)st.st_size + 1);
    check(read(fd, text->data, (size_t)st.st_size) == st.st_size);
    text->len = (size_t)st.st_size;
    close(fd);
}

/* Load it, saying nothing. */
static struct resume *
load(bool retry_failed)
{
    int fd = open(path, O_WRONLY | O_APPEND), new_fd = -1;
    int saved = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY);
    struct resume *r;

    check(fd >= 0 && saved >= 0 && null >= 0);
    dup2(null, STDERR_FILENO);
    r = resume_load(path, fd, retry_failed, true);
    check(!r || resume_remove(r, NULL, &new_fd) == 0);
    dup2(saved, STDERR_FILENO);
    if (new_fd >= 0)
        close(new_fd);
    close(null);
    close(saved);
    close(fd);
    return r;
}

/* Are after's lines all whole, and among before's in this order? */
static void
check_lines(const struct buf *after, const char *before, size_t size, size_t n)
{
    const char *from = before, *end;
    size_t nlines = 0;

    for (size_t at = 0; at < after->len; nlines++) {
        const char *line = after->data + at;
        size_t len;

        end = memchr(line, '\n', after->len - at);
        check(end != NULL);
        len = (size_t)(end + 1 - line);
        at += len;
        for (bool found = false; !found; from = end + 1) {
            end = memchr(from, '\n', size - (size_t)(from - before));
            check(end != NULL);
            found =
                (size_t)(end + 1 - from) == len && memcmp(from, line, len) == 0;
        }
    }
    check(nlines == n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool retry_failed = size > 0 && data[0] % 2;
    struct buf after = BUF_INIT, again = BUF_INIT;
    struct resume *r;
    size_t n;

    if (path[0] == '\0')
        make_folder();
    if (size > 0) {
        data++;
        size--;
    }
    write_file(data, size);
    r = load(retry_failed);
    read_file(&after);
    if (!r) {
        check(after.len == size && memcmp(after.data, data, size) == 0);
    } else {
        n = resume_nleft(r);
        check_lines(&after, (const char *)data, size, n);
        resume_take(r, &(struct resume_record){
                           .method = "GET", .url = "u", .url_len = 1});
        check(resume_nleft(r) + 1 >= n);
        resume_free(r);
        r = load(retry_failed);
        check(r && resume_nleft(r) == n);
        read_file(&again);
        check(again.len == after.len);
        resume_free(r);
    }
    buf_fini(&after);
    buf_fini(&again);
    return 0;
}
