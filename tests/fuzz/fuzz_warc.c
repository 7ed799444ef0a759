/*
 * fuzz_warc.c - a file with any content is refused and left as it is, or it is
 * an archive, of which at most an incomplete last record is cut off.
 *
 * The input: a letter, odd for a compressed archive, and the file.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/warc_file.h"

static char folder[] = "/tmp/fuzz_warc.XXXXXX";
static char paths[2][sizeof(folder) + 16];

static void
remove_folder(void)
{
    unlink(paths[0]);
    unlink(paths[1]);
    rmdir(folder);
}

static void
make_folder(void)
{
    check(mkdtemp(folder) != NULL);
    snprintf(paths[0], sizeof(paths[0]), "%s/a.warc", folder);
    snprintf(paths[1], sizeof(paths[1]), "%s/a.warc.gz", folder);
    atexit(remove_folder);
}

static void
write_file(const char *path, const void *data, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    check(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    close(fd);
}

static bool
file_is(const char *path, const void *data, size_t size)
{
    char *text = malloc(size + 1);
    int fd = open(path, O_RDONLY);
    bool is_so;

    check(text && fd >= 0);
    is_so = read(fd, text, size + 1) == (ssize_t)size &&
            memcmp(text, data, size) == 0;
    close(fd);
    free(text);
    return is_so;
}

/* Open it, saying nothing. */
static bool
open_archive(const char *path, struct warc_file **f)
{
    int saved = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY);
    enum warc_opened opened;

    check(saved >= 0 && null >= 0);
    dup2(null, STDERR_FILENO);
    opened = warc_file_open(path, -1, f);
    dup2(saved, STDERR_FILENO);
    close(null);
    close(saved);
    check(opened != WARC_FAILED);
    return opened == WARC_OPENED;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct warc_file *f;
    const char *path;
    struct stat st;

    if (size == 0)
        return 0;
    if (paths[0][0] == '\0')
        make_folder();
    path = paths[data[0] % 2];
    data++;
    size--;
    write_file(path, data, size);
    if (!open_archive(path, &f)) {
        check(file_is(path, data, size));
        return 0;
    }
    check(stat(path, &st) == 0 && (size_t)st.st_size <= size);
    size = (size_t)st.st_size;
    check(warc_file_close(f) == 0 && file_is(path, data, size));
    /* The file now has whole records only. */
    check(open_archive(path, &f) && warc_file_close(f) == 0);
    check(file_is(path, data, size));
    return 0;
}
