#include "body/store.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/mark.h"
#include "base/path.h"

/* How many tries the file system's clock gets to advance, so that files of
 * this run can be told from older ones: FAT counts in steps of two seconds. */
#define TICK_TRIES 3000

/* How many temporary names are tried if they exist. */
#define TEMP_TRIES 10

/* A name that no body gets. */
struct reserved {
    struct stat folder;
    char *name;
    bool is_number;
    struct reserved *next;
};

struct store {
    char *dir;
    int fd;      /* the folder; everything else is opened relative to it */
    mode_t mode; /* mode of complete files: that of any new file */
    char mark[MARK_TEXT];  /* of complete files; "": none */
    struct timespec since; /* of those that it tells of */
    bool tells_old;
    struct timespec start;     /* if tells_old: files of this run are newer */
    pthread_mutex_t replacing; /* one thread at a time checks and replaces */
    struct reserved *reserved; /* a handful */
};

/* ------------------------------------------------------------- the folder */

static mode_t
file_mode(void)
{
    mode_t mask = umask(0);

    umask(mask);
    return 0666 & ~mask;
}

static int
open_dir(const char *dir)
{
    int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0 && errno == ENOENT && path_make_folders(dir) == 0)
        fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0 && faccessat(fd, ".", W_OK | X_OK, AT_EACCESS) != 0) {
        int saved = errno;

        close(fd);
        errno = saved;
        fd = -1;
    }
    if (fd < 0)
        diag_error("cannot write to folder '%s': %s", dir, strerror(errno));
    return fd;
}

static int
make_temp(const struct store *s, char temp[STORE_TEMP])
{
    uint64_t chance;
    int fd = -1;

    for (int i = 0; i < TEMP_TRIES; i++) {
        if (getrandom(&chance, sizeof(chance), 0) != sizeof(chance))
            break;
        snprintf(temp, STORE_TEMP, ".fanfetch-%016" PRIx64 ".tmp", chance);
        fd = openat(s->fd, temp,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    if (fd < 0)
        temp[0] = '\0';
    return fd;
}

static bool
is_younger(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec
                                  : a->tv_nsec > b->tv_nsec;
}

/*
 * Record the start of the run by the file system's own clock and wait until it
 * advances: files written from now on are newer than existing ones.  Status
 * change times count: modification times may be set to any moment, as by rsync
 * and tar.  -1: errno.
 */
static int
note_start(struct store *s)
{
    char temp[STORE_TEMP] = "";
    struct stat first, now;
    int fd = make_temp(s, temp), ret;

    if (fd < 0)
        return -1;
    ret = fstat(fd, &first);
    for (int i = 0; ret == 0 && i < TICK_TRIES; i++) {
        ret = write(fd, "", 1) == 1 ? fstat(fd, &now) : -1;
        if (ret == 0 && is_younger(&now.st_ctim, &first.st_ctim))
            break;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    s->start = first.st_ctim;
    store_drop(s, temp);
    close(fd);
    return ret;
}

struct store *
store_open(const char *dir, bool tells_old)
{
    struct store *s;
    int fd = open_dir(dir);
    size_t len = strlen(dir);

    if (fd < 0)
        return NULL;
    while (len > 1 && dir[len - 1] == '/')
        len--;
    s = xcalloc(1, sizeof(*s));
    s->dir = xstrndup(dir, len);
    s->fd = fd;
    s->mode = file_mode();
    s->tells_old = tells_old;
    pthread_mutex_init(&s->replacing, NULL);
    if (tells_old && note_start(s) != 0) {
        diag_error("cannot write to folder '%s': %s", dir, strerror(errno));
        store_close(s);
        return NULL;
    }
    return s;
}

void
store_close(struct store *s)
{
    if (!s)
        return;
    for (struct reserved *r = s->reserved, *next; r; r = next) {
        next = r->next;
        free(r->name);
        free(r);
    }
    close(s->fd);
    pthread_mutex_destroy(&s->replacing);
    free(s->dir);
    free(s);
}

void
store_set_mark(struct store *s, const char *mark, struct timespec since)
{
    snprintf(s->mark, sizeof(s->mark), "%s", mark);
    s->since = since;
}

bool
store_has_mark(const struct store *s, const char *path)
{
    struct stat st;

    return s->mark[0] && mark_is(path, s->mark) && lstat(path, &st) == 0 &&
           !is_younger(&s->since, &st.st_mtim);
}

void
store_reserve(struct store *s, const struct stat *folder, const char *name,
              bool is_number)
{
    struct reserved *r = xcalloc(1, sizeof(*r));

    r->folder = *folder;
    r->name = xstrdup(name);
    r->is_number = is_number;
    r->next = s->reserved;
    s->reserved = r;
}

static bool
is_name_of(const struct reserved *r, const char *name)
{
    size_t len = strlen(r->name);

    return r->is_number
               ? strncmp(name, r->name, len) == 0 && ascii_is_digit(name[len])
               : strcmp(name, r->name) == 0;
}

static bool
is_reserved(const struct store *s, int dir, const char *name)
{
    struct stat st;

    for (const struct reserved *r = s->reserved; r; r = r->next)
        if (is_name_of(r, name) && fstat(dir, &st) == 0 &&
            fs_is_same(&st, &r->folder))
            return true;
    return false;
}

/* Is it the file of a reserved name?  It is found by another name where the
 * file system ignores case. */
static bool
is_reserved_file(const struct store *s, int dir, const struct stat *file)
{
    struct stat folder, st;

    if (!s->reserved || fstat(dir, &folder) != 0)
        return false;
    for (const struct reserved *r = s->reserved; r; r = r->next)
        if (fs_is_same(&folder, &r->folder) &&
            fstatat(dir, r->name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            fs_is_same(file, &st))
            return true;
    return false;
}

const char *
store_dir(const struct store *s)
{
    return s->dir;
}

int
store_folder(const struct store *s)
{
    return s->fd;
}

/* -------------------------------------------------------- temporary files */

static int
open_temp(const struct store *s, char temp[STORE_TEMP])
{
    if (temp[0] == '\0')
        return make_temp(s, temp);
    return openat(s->fd, temp, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
}

/* Append; if mode is given, make the file a normal one. */
static int
append(const struct store *s, char temp[STORE_TEMP], const void *data,
       size_t len, mode_t mode)
{
    int fd = open_temp(s, temp);
    int err;

    if (fd < 0)
        return errno;
    err = fs_write_all(fd, data, len) == 0 ? 0 : errno;
    if (err == 0 && mode != 0 && fchmod(fd, mode) != 0)
        err = errno;
    if (mode != 0 && s->mark[0])
        mark_set(fd, s->mark);
    /* Some file systems report a full disk only now. */
    if (close(fd) != 0 && err == 0)
        err = errno;
    return err;
}

int
store_append(const struct store *s, char temp[STORE_TEMP], const void *data,
             size_t len)
{
    return append(s, temp, data, len, 0);
}

int
store_open_temp(const struct store *s, const char temp[STORE_TEMP])
{
    return openat(s->fd, temp, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
}

void
store_drop(const struct store *s, char temp[STORE_TEMP])
{
    if (temp[0] != '\0')
        unlinkat(s->fd, temp, 0);
    temp[0] = '\0';
}

/* ------------------------------------------------------------------ names */

/* Open a folder in another folder; a symbolic link is refused.  With may_make,
 * create it if it is missing. */
static int
enter(int dir, const char *part, bool may_make)
{
    static const int flags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(dir, part, flags);

    if (fd >= 0 || errno != ENOENT || !may_make)
        return fd;
    /* Another thread may have just created it. */
    if (mkdirat(dir, part, 0777) != 0 && errno != EEXIST)
        return -1;
    return openat(dir, part, flags);
}

/*
 * Open the folder that a name is in, one component at a time. last is set to
 * the final component.  Returns -1 and sets errno.
 */
static int
enter_all(const struct store *s, const char *name, bool may_make,
          const char **last)
{
    char part[NAME_MAX + 1];
    int fd = s->fd;

    for (;;) {
        size_t len = strcspn(name, "/");
        int next;

        if (name[len] == '\0')
            break;
        if (len > NAME_MAX) {
            next = -1;
            errno = ENAMETOOLONG;
        } else {
            memcpy(part, name, len);
            part[len] = '\0';
            next = enter(fd, part, may_make);
        }
        if (fd != s->fd) {
            int saved = errno;

            close(fd);
            errno = saved;
        }
        if (next < 0)
            return -1;
        fd = next;
        name += len + 1;
    }
    *last = name;
    return fd;
}

static void
leave(const struct store *s, int fd)
{
    if (fd != s->fd)
        close(fd);
}

/* Rename without overwriting.  Returns 0 or an errno; ENOTSUP: the file system
 * has no way to do that. */
static int
rename_new(int from_dir, const char *from, int to_dir, const char *to)
{
    /* By its number: musl < 1.2.6 has no renameat2(). */
    if (syscall(SYS_renameat2, from_dir, from, to_dir, to, RENAME_NOREPLACE) ==
        0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    /* For file systems without an atomic form of this, such as NFS. */
    if (linkat(from_dir, from, to_dir, to, 0) != 0)
        return errno == EEXIST ? EEXIST : ENOTSUP;
    unlinkat(from_dir, from, 0);
    return 0;
}

/* Rename if the name is free, as seen before.  Only another process can take it
 * in between, since all threads that use this wait for each other. */
static int
rename_free(struct store *s, const char *temp, int dir, const char *name)
{
    struct stat st;
    int err;

    pthread_mutex_lock(&s->replacing);
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
        err = EEXIST;
    else if (errno != ENOENT || renameat(s->fd, temp, dir, name) != 0)
        err = errno;
    else
        err = 0;
    pthread_mutex_unlock(&s->replacing);
    return err;
}

/* Give the file a name that is free.  Returns 0 or an errno. */
static int
put_new(struct store *s, const char *temp, int dir, const char *name)
{
    int err = rename_new(s->fd, temp, dir, name);

    /* Some file systems have no such call: s3fs, VirtualBox's shared folders.
     */
    return err == ENOTSUP ? rename_free(s, temp, dir, name) : err;
}

/* Replace a file that existed before the run.  Returns 0 or an errno. */
static int
replace_old(struct store *s, const char *temp, int dir, const char *name)
{
    struct stat st;
    int err;

    pthread_mutex_lock(&s->replacing);
    err = fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
    if (!err && (!S_ISREG(st.st_mode) || is_younger(&st.st_ctim, &s->start) ||
                 is_reserved_file(s, dir, &st)))
        err = EEXIST;
    else if (!err && renameat(s->fd, temp, dir, name) != 0)
        err = errno;
    pthread_mutex_unlock(&s->replacing);
    return err == ENOENT ? put_new(s, temp, dir, name) : err;
}

int
store_put(struct store *s, char temp[STORE_TEMP], const void *data, size_t len,
          const char *name, bool may_replace)
{
    int err = append(s, temp, data, len, s->mode);
    const char *last;
    int dir;

    if (err)
        return err;
    dir = enter_all(s, name, true, &last);
    if (dir < 0)
        return errno;
    if (is_reserved(s, dir, last))
        err = EEXIST;
    else if (may_replace && s->tells_old)
        err = replace_old(s, temp, dir, last);
    else
        err = put_new(s, temp, dir, last);
    leave(s, dir);
    if (err == 0)
        temp[0] = '\0';
    return err;
}

int
store_find(const struct store *s, const char *name)
{
    const char *last;
    struct stat st;
    int dir = enter_all(s, name, false, &last);
    int fd;

    if (dir < 0)
        return -1;
    /* Do not wait for the writer of a fifo. */
    fd = openat(dir, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    leave(s, dir);
    if (fd < 0)
        return -1;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return -1;
    }
    return fd;
}

bool
store_claim(struct store *s, const char *name, int fd)
{
    const char *last;
    struct stat found, st;
    int dir = enter_all(s, name, false, &last);
    bool is_ours;

    if (dir < 0)
        return false;
    pthread_mutex_lock(&s->replacing);
    is_ours = fstat(fd, &found) == 0 &&
              fstatat(dir, last, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
              fs_is_same(&found, &st) &&
              (is_younger(&st.st_ctim, &s->start) || futimens(fd, NULL) == 0);
    pthread_mutex_unlock(&s->replacing);
    leave(s, dir);
    return is_ours;
}

void
store_remove(const struct store *s, const char *name, int64_t size)
{
    const char *last;
    struct stat st;
    int dir = enter_all(s, name, false, &last);

    if (dir < 0)
        return;
    if (fstatat(dir, last, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(st.st_mode) && (size < 0 || st.st_size == size) &&
        !is_reserved(s, dir, last) && !is_reserved_file(s, dir, &st))
        (void)unlinkat(dir, last, 0);
    leave(s, dir);
}
