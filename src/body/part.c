#include "body/part.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/map.h"
#include "body/digest.h"
#include "body/part_note.h"
#include "job/http.h"

/* Digits of a key: 128 bits of a SHA-256. */
#define KEY_DIGITS 32

/* Bytes hashed in one slice, which takes some milliseconds, and in one read. */
#define SLICE_BYTES (4 * 1024 * 1024)
#define PIECE_BYTES (64 * 1024)

/* A Last-Modified this much older than its answer's Date is strong: there is no
 * second version within its second, were the server's clocks apart by as much
 * (RFC 9110, 8.8.2.2). */
#define SURELY_OLDER_S 60

struct parts {
    struct store *store;
    int lock; /* descriptor of the folder, locked where that is possible */
    pthread_mutex_t mutex;
    struct map *claimed; /* by their keys */
};

struct part {
    struct parts *all;
    char key[DIGEST_TEXT];
    char file[STORE_TEMP], note[STORE_TEMP];
    int64_t size;          /* bytes of the file */
    int64_t seen;          /* of the bytes, by part_catch_up() */
    struct part_note said; /* of the answer that began it */
    bool has_note;         /* the note's file says this, too */
};

/* ------------------------------------------------------------ of the run */

struct parts *
parts_open(struct store *s)
{
    int fd = open(store_dir(s), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct parts *all;

    if (fd < 0) {
        diag_error("cannot read folder '%s': %s", store_dir(s),
                   strerror(errno));
        return NULL;
    }
    /* Some file systems lock no folders: then part_append() tells. */
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        diag_error("another run with --continue uses folder '%s'",
                   store_dir(s));
        close(fd);
        return NULL;
    }
    all = xcalloc(1, sizeof(*all));
    all->store = s;
    all->lock = fd;
    all->claimed = map_new();
    pthread_mutex_init(&all->mutex, NULL);
    return all;
}

void
parts_close(struct parts *all)
{
    if (!all)
        return;
    close(all->lock);
    map_free(all->claimed);
    pthread_mutex_destroy(&all->mutex);
    free(all);
}

/* Claim the part, unless another job has it. */
static bool
claim(struct part *p)
{
    struct parts *all = p->all;
    bool is_free;

    pthread_mutex_lock(&all->mutex);
    is_free = !map_get(all->claimed, p->key, KEY_DIGITS);
    if (is_free)
        map_put(all->claimed, p->key, KEY_DIGITS, p);
    pthread_mutex_unlock(&all->mutex);
    return is_free;
}

/* -------------------------------------------------------------- its life */

/* The size of the file; -1: there is none; 0: it is not a regular file. */
static int64_t
file_size(const struct part *p)
{
    struct stat st;

    if (fstatat(store_folder(p->all->store), p->file, &st,
                AT_SYMLINK_NOFOLLOW) != 0)
        return -1;
    return S_ISREG(st.st_mode) ? st.st_size : 0;
}

/* Make the file shorter.  Returns false if that fails. */
static bool
cut_file(struct part *p, int64_t size)
{
    int fd = openat(store_folder(p->all->store), p->file,
                    O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    bool ok = fd >= 0 && ftruncate(fd, size) == 0;

    if (fd >= 0)
        close(fd);
    return ok;
}

/*
 * Find how many bytes can be continued.  If the part may be whole, drop its
 * last byte, since a Range must ask for at least one.
 */
static void
find_rest(struct part *p)
{
    p->size = file_size(p);
    if (p->size > 0 && p->has_note && p->said.validator &&
        (p->said.total < 0 || p->size == p->said.total)) {
        p->size--;
        if (!cut_file(p, p->size))
            p->size = 0;
    }
    if (p->size <= 0 || !p->has_note || !p->said.validator ||
        (p->said.total >= 0 && p->size > p->said.total))
        part_discard(p);
}

struct part *
part_claim(struct parts *all, const char *url, const char *own)
{
    struct part *p = xcalloc(1, sizeof(*p));
    struct digest *d = digest_new();

    p->all = all;
    digest_add(d, url, strlen(url) + 1);
    if (own)
        digest_add(d, own, strlen(own));
    digest_finish(d, p->key);
    digest_free(d);
    if (!claim(p)) {
        free(p);
        return NULL;
    }
    snprintf(p->file, sizeof(p->file), ".fanfetch-%.*s.part", KEY_DIGITS,
             p->key);
    snprintf(p->note, sizeof(p->note), ".fanfetch-%.*s.note", KEY_DIGITS,
             p->key);
    p->has_note = part_note_read(&p->said, all->store, p->note);
    if (p->has_note || file_size(p) >= 0)
        find_rest(p);
    else
        part_note_clear(&p->said);
    return p;
}

void
part_release(struct part *p)
{
    struct parts *all = p->all;

    pthread_mutex_lock(&all->mutex);
    (void)map_remove(all->claimed, p->key, KEY_DIGITS);
    pthread_mutex_unlock(&all->mutex);
    part_note_clear(&p->said);
    free(p);
}

void
part_discard(struct part *p)
{
    int folder = store_folder(p->all->store);

    unlinkat(folder, p->file, 0);
    unlinkat(folder, p->note, 0);
    part_note_clear(&p->said);
    p->has_note = false;
    p->size = 0;
}

int64_t
part_size(const struct part *p)
{
    return p->size;
}

int64_t
part_total(const struct part *p)
{
    return p->said.total;
}

const char *
part_validator(const struct part *p)
{
    return p->said.validator;
}

const char *
part_type(const struct part *p)
{
    return p->said.type;
}

const char *
part_disposition(const struct part *p)
{
    return p->said.disposition;
}

/* ------------------------------------------------- the bytes that are there */

/* The next piece of the file at fd; false: it can't be read. */
static bool
look_at_piece(struct part *p, int fd, struct digest *d, struct buf *head,
              size_t head_max)
{
    char piece[PIECE_BYTES];
    int64_t left = p->size - p->seen;
    size_t want = left < PIECE_BYTES ? (size_t)left : PIECE_BYTES;
    ssize_t n = pread(fd, piece, want, p->seen);

    if (n <= 0)
        return false;
    if (d)
        digest_add(d, piece, (size_t)n);
    if (head->len < head_max)
        buf_add(head, piece,
                (size_t)n < head_max - head->len ? (size_t)n
                                                 : head_max - head->len);
    p->seen += n;
    return true;
}

bool
part_catch_up(struct part *p, struct digest *d, struct buf *head,
              size_t head_max)
{
    int64_t end = p->seen + SLICE_BYTES;
    bool ok = true;
    int fd;

    if (!d && (int64_t)head_max < p->size) {
        if (p->seen >= (int64_t)head_max)
            return true;
    } else if (p->seen >= p->size) {
        return true;
    }
    fd = store_open_temp(p->all->store, p->file);
    while (ok && p->seen < p->size && p->seen < end)
        ok = fd >= 0 && look_at_piece(p, fd, d, head, head_max);
    if (fd >= 0)
        close(fd);
    if (ok && p->seen < p->size)
        return !d && p->seen >= (int64_t)head_max;
    if (!ok)
        part_discard(p);
    return true;
}

/* -------------------------------------------------------------- an answer */

/* Does an equal tag prove that no byte differs, and can it be noted? */
static bool
is_strong(const char *etag)
{
    return http_is_strong_etag(etag) && part_note_fits(etag);
}

/* The validator that proves that no byte differs, or NULL. */
static const char *
strong_validator(const struct part_answer *a)
{
    if (a->etag)
        return is_strong(a->etag) ? a->etag : NULL;
    if (!a->varies && part_note_fits(a->last_modified) &&
        a->last_modified_s >= 0 && a->date_s >= 0 &&
        a->date_s - a->last_modified_s >= SURELY_OLDER_S)
        return a->last_modified;
    return NULL;
}

/* Does the answer continue this very part? */
static bool
continues(const struct part *p, const struct part_answer *a)
{
    const char *tag = p->said.validator[0] == '"' ? a->etag : a->last_modified;
    int64_t first, last, total;

    return !a->is_coded && tag && strcmp(tag, p->said.validator) == 0 &&
           http_read_range(a->content_range, &first, &last, &total) &&
           first == p->size && (p->said.total < 0 || total == p->said.total);
}

/* The answer is a body from its first byte on: the files are replaced. */
static enum part_verdict
begin(struct part *p, const struct part_answer *a)
{
    const char *validator = strong_validator(a);

    if (p->has_note)
        part_discard(p);
    if (a->is_coded || !validator)
        return PART_NONE;
    p->said.validator = xstrdup(validator);
    p->said.type =
        part_note_fits(a->content_type) ? xstrdup(a->content_type) : NULL;
    p->said.disposition =
        part_note_fits(a->disposition) ? xstrdup(a->disposition) : NULL;
    p->said.total = a->length;
    return PART_NEW;
}

static enum part_verdict
continue_part(struct part *p, const struct part_answer *a)
{
    int64_t first, last, total;

    if (!continues(p, a) ||
        !http_read_range(a->content_range, &first, &last, &total)) {
        part_discard(p);
        return PART_UNUSABLE;
    }
    if (p->said.total < 0) {
        p->said.total = total;
        p->has_note = false;
    }
    return PART_GOES_ON;
}

enum part_verdict
part_judge(struct part *p, const struct part_answer *answer, bool asked)
{
    switch (answer->status) {
    case 200:
        return begin(p, answer);
    case 206:
        return asked ? continue_part(p, answer) : PART_NONE;
    case 416:
        if (!asked)
            return PART_NONE;
        part_discard(p);
        return PART_UNUSABLE;
    case 304:
    case 404:
    case 410:
        part_discard(p);
        return PART_NONE;
    default:
        return PART_NONE;
    }
}

/* Append to the file, which has as many bytes as we know of; 0 or an errno. */
static int
append(struct part *p, int fd, const void *data, size_t len)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return errno;
    if (!S_ISREG(st.st_mode) || st.st_size != p->size)
        return ESTALE;
    if (fs_write_all(fd, data, len) != 0)
        return errno;
    p->size += (int64_t)len;
    return 0;
}

int
part_append(struct part *p, const void *data, size_t len)
{
    int flags = O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC;
    int err = 0, fd;

    if (!p->has_note)
        err = part_note_write(&p->said, p->all->store, p->note);
    p->has_note = err == 0;
    if (err)
        return err;
    /* If another process has created the file, this fails. */
    if (p->size == 0)
        flags |= O_CREAT | O_EXCL;
    fd = openat(store_folder(p->all->store), p->file, flags, 0600);
    if (fd < 0)
        return errno == EEXIST || errno == ENOENT ? ESTALE : errno;
    err = append(p, fd, data, len);
    if (close(fd) != 0 && err == 0)
        err = errno;
    return err;
}

void
part_temp(const struct part *p, char temp[STORE_TEMP])
{
    memcpy(temp, p->size > 0 ? p->file : "", p->size > 0 ? STORE_TEMP : 1);
}
