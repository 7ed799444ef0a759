#include "output/warc_file.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "body/gzip.h"

/* No WARC header is longer: a URL in it has at most a megabyte. */
#define HEADER_MAX_BYTES ((size_t)4 * 1024 * 1024)

/* Bytes read or copied at once. */
#define PIECE_BYTES ((size_t)64 * 1024)

#define LAST_NUMBER 99999

static const char first_bytes[] = "WARC/";

struct warc_file {
    char *path; /* as given */
    char *name; /* name of the open file */
    int64_t size;
    unsigned number; /* 0: files are not numbered */
    bool is_gz;
    bool is_device; /* a device, which stores nothing */
    int fd;
    off_t end;
    off_t start; /* where this run's first record begins */
};

/* ------------------------------------------------------------------ names */

static bool
ends_in(const char *s, const char *end)
{
    size_t len = strlen(s), n = strlen(end);

    return len >= n && strcmp(s + len - n, end) == 0;
}

bool
warc_file_is_gz(const char *path)
{
    return ends_in(path, ".gz");
}

/* The length of the part of a path before the number. */
static size_t
stem_len(const char *path)
{
    static const char *const endings[] = {".warc.gz", ".warc", ".gz", ""};
    size_t i = 0;

    while (!ends_in(path, endings[i]))
        i++;
    return strlen(path) - strlen(endings[i]);
}

/* The name of the file with that number, which the caller frees. */
static char *
make_name(const char *path, unsigned number)
{
    struct buf name = BUF_INIT;
    size_t stem = stem_len(path);

    if (number == 0)
        return xstrdup(path);
    buf_add(&name, path, stem);
    buf_printf(&name, "-%05u%s%c", number, path + stem, '\0');
    return name.data;
}

char *
warc_file_stem(const char *path)
{
    struct buf stem = BUF_INIT;

    buf_add(&stem, path, stem_len(path));
    buf_add(&stem, "-", 2);
    return stem.data;
}

/* The number in the name of a file, if it is one of path's; else 0. */
static unsigned
number_in(const char *name, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    size_t stem = stem_len(path) - (size_t)(base - path), i = stem + 1;
    unsigned number = 0;

    if (strncmp(name, base, stem) != 0 || name[stem] != '-')
        return 0;
    while (ascii_is_digit(name[i]))
        number = number * 10 + (unsigned)(name[i++] - '0');
    return i == stem + 6 && strcmp(name + i, base + stem) == 0 ? number : 0;
}

/* The last number in use, or 1.  Files before it may have been moved away. */
static unsigned
last_number(const char *path)
{
    char *copy = xstrdup(path);
    DIR *dir = opendir(dirname(copy));
    const struct dirent *entry;
    unsigned last = 1;

    while (dir && (entry = readdir(dir))) {
        unsigned number = number_in(entry->d_name, path);

        last = number > last ? number : last;
    }
    if (dir)
        closedir(dir);
    free(copy);
    return last;
}

/* ---------------------------------------------------- what is there already */

/* The value of Content-Length in a WARC header, or -1. */
static int64_t
block_length(const char *head, size_t len)
{
    static const char name[] = "\ncontent-length:";
    char *copy = xstrndup(head, len), *at = strcasestr(copy, name);
    int64_t n = at ? strtoll(at + strlen(name), NULL, 10) : -1;

    free(copy);
    return n;
}

/* The end of an uncompressed record at pos; like gzip_find_end(). */
static enum gzip_found
find_plain_end(int fd, off_t pos, off_t size, off_t *next)
{
    struct buf head = BUF_INIT;
    enum gzip_found found = GZIP_TORN;
    const char *end = NULL;
    ssize_t n = 1;
    int64_t block;

    while (!end && n > 0 && head.len < HEADER_MAX_BYTES) {
        char *room = buf_reserve(&head, PIECE_BYTES);

        n = fs_pread(fd, room, head.len ? PIECE_BYTES : 4096,
                     pos + (off_t)head.len);
        head.len += n > 0 ? (size_t)n : 0;
        end = memmem(head.data, head.len, "\r\n\r\n", 4);
    }
    if (n < 0) {
        found = GZIP_UNREAD;
    } else if (memcmp(head.data, first_bytes,
                      head.len < 5 ? head.len : strlen(first_bytes)) != 0 ||
               (!end && head.len >= HEADER_MAX_BYTES)) {
        found = GZIP_BROKEN;
    } else if (end) {
        off_t start = pos + (end + 4 - head.data);

        block = block_length(head.data, (size_t)(end - head.data));
        if (block < 0)
            found = GZIP_BROKEN;
        else if (block <= size - start - 4) {
            *next = start + block + 4;
            found = GZIP_WHOLE;
        }
    }
    buf_fini(&head);
    return found;
}

static enum gzip_found
find_end(const struct warc_file *f, off_t pos, off_t size, off_t *next)
{
    return f->is_gz ? gzip_find_end(f->fd, pos, size, next)
                    : find_plain_end(f->fd, pos, size, next);
}

/* Does the file begin, possibly incompletely, like an archive of this kind? */
static bool
is_archive(const struct warc_file *f)
{
    char head[sizeof(first_bytes) - 1];
    size_t n = f->is_gz ? gzip_peek(f->fd, 0, head, sizeof(head)) : 0;
    ssize_t plain = fs_pread(f->fd, head + n, sizeof(head) - n, 0);

    if (f->is_gz && n == 0)
        return plain > 0 && (unsigned char)head[0] == 0x1f &&
               (plain < 2 || (unsigned char)head[1] == 0x8b);
    if (!f->is_gz)
        n = plain > 0 ? (size_t)plain : 0;
    return memcmp(head, first_bytes, n) == 0;
}

static enum warc_opened
refuse(const struct warc_file *f, const char *what)
{
    diag_error("--warc: '%s' %s, so nothing is added to it", f->name, what);
    return WARC_REFUSED;
}

static enum warc_opened
fail(const struct warc_file *f, const char *why)
{
    diag_error("cannot write to '%s': %s", f->name, why);
    return WARC_FAILED;
}

static bool
has_only_zeros(const struct warc_file *f, off_t from, off_t to)
{
    char piece[4096];

    while (from < to) {
        size_t want = sizeof(piece);
        ssize_t n;

        if (to - from < (off_t)want)
            want = (size_t)(to - from);
        n = pread(f->fd, piece, want, from);
        if (n <= 0)
            return false;
        for (ssize_t i = 0; i < n; i++)
            if (piece[i] != '\0')
                return false;
        from += n;
    }
    return true;
}

/*
 * Find the end of the last complete record and cut off what follows.  After a
 * power cut a file may end in zeros in place of what was being written.  A
 * record ends in a newline, or in its size, which is not 0.
 */
static enum warc_opened
find_last(struct warc_file *f, off_t size)
{
    enum gzip_found found = GZIP_WHOLE;
    off_t pos = 0, last = 0;

    if (size > 0 && !is_archive(f))
        return refuse(f, f->is_gz ? "exists and is not a compressed WARC file"
                                  : "exists and is not a WARC file");
    while (pos < size && found == GZIP_WHOLE) {
        off_t next = pos;

        found = find_end(f, pos, size, &next);
        if (found == GZIP_WHOLE) {
            last = pos;
            pos = next;
        }
    }
    if (found == GZIP_UNREAD) {
        diag_error("cannot read '%s': %s", f->name, strerror(errno));
        return WARC_FAILED;
    }
    if (found == GZIP_BROKEN && !has_only_zeros(f, pos, size))
        return refuse(f, "is damaged");
    if (pos > last && has_only_zeros(f, pos - (f->is_gz ? 4 : 1), pos))
        pos = last;
    if (pos < size && ftruncate(f->fd, pos) != 0)
        return fail(f, strerror(errno));
    if (lseek(f->fd, pos, SEEK_SET) < 0)
        return fail(f, strerror(errno));
    f->start = f->end = pos;
    return WARC_OPENED;
}

/* Open f->name. */
static enum warc_opened
open_file(struct warc_file *f)
{
    struct stat st;

    f->fd = open(f->name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
                 0666);
    if (f->fd < 0 && errno == EISDIR)
        return refuse(f, "is a folder");
    if (f->fd < 0 || fstat(f->fd, &st) != 0)
        return fail(f, strerror(errno));
    f->end = f->start = 0;
    f->is_device = S_ISCHR(st.st_mode);
    if (f->is_device)
        return WARC_OPENED;
    if (!S_ISREG(st.st_mode))
        return refuse(f, "is not a regular file");
    if (fs_lock(f->fd) != 0 && errno == EWOULDBLOCK)
        return fail(f, "another run is writing to it");
    return find_last(f, st.st_size);
}

/* ------------------------------------------------------------- life cycle */

enum warc_opened
warc_file_open(const char *path, int64_t size, struct warc_file **file)
{
    struct warc_file *f = xcalloc(1, sizeof(*f));
    enum warc_opened opened;

    f->path = xstrdup(path);
    f->size = size;
    f->number = size < 0 ? 0 : last_number(path);
    f->name = make_name(path, f->number);
    f->is_gz = warc_file_is_gz(path);
    opened = open_file(f);
    if (opened != WARC_OPENED) {
        (void)!warc_file_close(f);
        f = NULL;
    }
    *file = f;
    return opened;
}

/* Close the open file and report late errors (NFS, quotas). */
static int
close_file(struct warc_file *f)
{
    int rc = f->fd >= 0 ? close(f->fd) : 0;

    f->fd = -1;
    if (rc == 0 || errno == EINTR)
        return 0;
    (void)fail(f, strerror(errno));
    return -1;
}

int
warc_file_close(struct warc_file *f)
{
    int rc;

    if (!f)
        return 0;
    rc = close_file(f);
    free(f->path);
    free(f->name);
    free(f);
    return rc;
}

const char *
warc_file_name(const struct warc_file *f)
{
    return f->name;
}

bool
warc_file_is_full(const struct warc_file *f, uint64_t more)
{
    return f->number > 0 && f->number < LAST_NUMBER && f->end > f->start &&
           (uint64_t)f->end + more > (uint64_t)f->size;
}

int
warc_file_next(struct warc_file *f)
{
    if (close_file(f))
        return -1;
    f->number++;
    free(f->name);
    f->name = make_name(f->path, f->number);
    return open_file(f) == WARC_OPENED ? 0 : -1;
}

/* ---------------------------------------------------------------- writing */

/* Copy a whole file; *copied is its size.  Returns 0 or an errno. */
static int
copy_file(int to, int from, off_t *copied)
{
    char *piece = xmalloc(PIECE_BYTES);
    ssize_t n;
    int err = 0;

    while ((n = copy_file_range(from, NULL, to, NULL, (size_t)1 << 30, 0)) > 0)
        *copied += n;
    /* These file systems, or this kernel, do not support it. */
    while (n != 0 && err == 0 && (n = read(from, piece, PIECE_BYTES)) != 0) {
        if (n > 0 && fs_write_all(to, piece, (size_t)n) == 0)
            *copied += n;
        else if (n > 0 || errno != EINTR)
            err = errno;
    }
    free(piece);
    return err;
}

/* Write parts that are in memory. */
static int
write_parts(struct warc_file *f, const struct warc_part *parts, size_t n)
{
    struct iovec pieces[WARC_FILE_PARTS];
    int err;

    for (size_t i = 0; i < n; i++)
        pieces[i] =
            (struct iovec){(void *)(uintptr_t)parts[i].data, parts[i].len};
    alloc_hold_exit();
    err = fs_writev_all(f->fd, pieces, n) == 0 ? 0 : errno;
    alloc_release_exit();
    return err;
}

int
warc_file_append(struct warc_file *f, const struct warc_part *parts, size_t n,
                 int64_t *offset)
{
    off_t end = f->end;
    size_t from = 0;
    int err = 0;

    assert(n <= WARC_FILE_PARTS);
    *offset = f->end;
    for (size_t i = 0; i <= n && err == 0; i++) {
        if (i < n && parts[i].fd < 0) {
            end += (off_t)parts[i].len;
            continue;
        }
        if (i > from)
            err = write_parts(f, parts + from, i - from);
        if (err == 0 && i < n)
            err = copy_file(f->fd, parts[i].fd, &end);
        from = i + 1;
    }
    if (err == 0) {
        f->end = end;
    } else if (!f->is_device) {
        if (ftruncate(f->fd, f->end) == 0)
            (void)!lseek(f->fd, f->end, SEEK_SET);
    }
    return err;
}
