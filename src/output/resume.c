#include "output/resume.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/redact.h"
#include "base/span.h"
#include "output/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES (256 * 1024)

/* An index may be this far ahead of the number of lines (a sharded run's
 * are): a file with more is no result file of ours. */
#define INDEX_SLACK (UINT64_C(1) << 24)

struct resume {
    uint64_t *marks; /* by index: 0 no result, else the request's hash */
    uint64_t nmarks; /* room in it */
    uint64_t nlines; /* results kept */
};

/* What a line of the file says. */
struct seen {
    uint64_t index;
    uint64_t mark;
    bool keep; /* false: fetch it again */
};

/* Reads the file and copies what is kept, if anything is not. */
struct pass {
    const char *path;
    int fd;
    bool retry_failed;
    struct buf in;     /* bytes read, not yet lines */
    uint64_t line;     /* number of the last one */
    off_t whole;       /* where the last whole line ends */
    uint64_t ndropped; /* lines to take out */
    FILE *copy;        /* second pass: where kept lines go; else NULL */
};

/* A request as one number that is not 0.  The text is what stands in the
 * file, so that both sides need no parser. */
static uint64_t
mark_of(struct span url, struct span id)
{
    uint64_t a = map_stable_hash(url.p, url.len);
    uint64_t b = map_stable_hash(id.p, id.len);

    a ^= b + UINT64_C(0x9e3779b97f4a7c15) + (a << 6) + (a >> 2);
    return a ? a : 1;
}

static bool
key_is(struct span key, const char *name)
{
    size_t len = strlen(name);

    return key.len == len + 2 && memcmp(key.p + 1, name, len) == 0;
}

static bool
value_is(struct span value, const char *text)
{
    return value.len == strlen(text) && memcmp(value.p, text, value.len) == 0;
}

static bool
is_aborted(struct span error)
{
    struct span_walk w;
    struct span key, value;

    if (error.len == 0 || error.p[0] != '{')
        return false;
    span_walk_init(&w, error);
    while (span_walk_member(&w, &key, &value))
        if (key_is(key, "class"))
            return value_is(value, "\"aborted\"");
    return false;
}

static int
read_index(struct span value, uint64_t *index)
{
    uint64_t n = 0;

    if (value.len == 0 || value.len > 18)
        return -1;
    for (size_t i = 0; i < value.len; i++) {
        if (value.p[i] < '0' || value.p[i] > '9')
            return -1;
        n = n * 10 + (uint64_t)(value.p[i] - '0');
    }
    *index = n;
    return 0;
}

/* -1: it is no result line. */
static int
read_line(struct span line, bool retry_failed, struct seen *seen)
{
    struct span url = {NULL, 0}, id = {"null", 4}, key, value;
    struct span_flaw flaw;
    struct span_walk w;
    bool has_index = false, is_ok = false, aborted = false;

    if (line.len == 0 || line.p[0] != '{' || !span_is_json(line, &flaw))
        return -1;
    span_walk_init(&w, line);
    while (span_walk_member(&w, &key, &value)) {
        if (key_is(key, "index"))
            has_index = read_index(value, &seen->index) == 0;
        else if (key_is(key, "url"))
            url = value;
        else if (key_is(key, "id"))
            id = value;
        else if (key_is(key, "ok"))
            is_ok = value_is(value, "true");
        else if (key_is(key, "error"))
            aborted = is_aborted(value);
    }
    if (!has_index || url.p == NULL)
        return -1;
    seen->mark = mark_of(url, id);
    seen->keep = !aborted && (is_ok || !retry_failed);
    return 0;
}

/* Note a result that stays.  -1: its index can't be. */
static int
note(struct resume *r, const struct seen *seen)
{
    if (seen->index >= r->nlines + INDEX_SLACK)
        return -1;
    if (seen->index >= r->nmarks) {
        uint64_t n = r->nmarks ? r->nmarks * 2 : 1024;
        while (n <= seen->index)
            n *= 2;
        r->marks = xrealloc(r->marks, n * sizeof(*r->marks));
        memset(r->marks + r->nmarks, 0, (n - r->nmarks) * sizeof(*r->marks));
        r->nmarks = n;
    }
    r->marks[seen->index] = seen->mark;
    r->nlines++;
    return 0;
}

static int
take_line(struct resume *r, struct pass *p, struct span line)
{
    struct seen seen = {0};

    p->line++;
    if (read_line(line, p->retry_failed, &seen) != 0 ||
        (p->copy == NULL && seen.keep && note(r, &seen) != 0)) {
        diag_error("%s:%llu: not a result of fanfetch's, so the file is left "
                   "as it is",
                   p->path, (unsigned long long)p->line);
        return -1;
    }
    if (!seen.keep)
        p->ndropped++;
    else if (p->copy != NULL && fwrite(line.p, 1, line.len + 1, p->copy) == 0)
        return -1;
    return 0;
}

/* Take the whole lines out of what was read. */
static int
take_lines(struct resume *r, struct pass *p)
{
    size_t done = 0;
    char *end;

    while ((end = memchr(p->in.data + done, '\n', p->in.len - done))) {
        size_t len = (size_t)(end - p->in.data) - done;
        if (take_line(r, p, (struct span){p->in.data + done, len}) != 0)
            return -1;
        done += len + 1;
    }
    p->whole += (off_t)done;
    buf_consume(&p->in, done);
    return 0;
}

/* Read the file from its beginning. */
static int
read_all(struct resume *r, struct pass *p)
{
    off_t at = 0;
    ssize_t n;

    p->line = 0;
    p->whole = 0;
    buf_clear(&p->in);
    while ((n = pread(p->fd, buf_reserve(&p->in, READ_BYTES), READ_BYTES, at)) >
           0) {
        at += n;
        p->in.len += (size_t)n;
        if (take_lines(r, p) != 0)
            return -1;
    }
    if (n < 0)
        diag_error("cannot read '%s': %s", p->path, strerror(errno));
    return n < 0 ? -1 : 0;
}

/* A locked new file beside path, for its owner and mode. */
static int
make_beside(struct pass *p, char *name)
{
    int fd = mkostemp(name, O_APPEND | O_CLOEXEC);
    struct stat st;

    if (fd < 0)
        return -1;
    if (fstat(p->fd, &st) == 0 && fchmod(fd, st.st_mode & 07777) == 0 &&
        flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    unlink(name);
    close(fd);
    return -1;
}

/* Copy the lines that stay to fd. */
static int
copy_kept(struct resume *r, struct pass *p, int fd)
{
    int own = dup(fd), ret;

    p->copy = own < 0 ? NULL : fdopen(own, "a");
    if (p->copy == NULL)
        return -1;
    ret = read_all(r, p);
    if (fflush(p->copy) != 0 || fsync(fd) != 0)
        ret = -1;
    if (fclose(p->copy) != 0)
        ret = -1;
    return ret;
}

/* Put a copy without the lines to be fetched again in the file's place. */
static int
rewrite(struct resume *r, struct pass *p, int *new_fd)
{
    size_t size = strlen(p->path) + sizeof(".XXXXXX");
    char *name = xmalloc(size);
    int fd;

    snprintf(name, size, "%s.XXXXXX", p->path);
    fd = make_beside(p, name);
    if (fd >= 0 && copy_kept(r, p, fd) == 0 && rename(name, p->path) == 0) {
        *new_fd = fd;
        free(name);
        return 0;
    }
    diag_error("cannot rewrite '%s': %s", p->path, strerror(errno));
    if (fd >= 0) {
        unlink(name);
        close(fd);
    }
    free(name);
    return -1;
}

static int
load(struct resume *r, struct pass *p, int fd, int *new_fd)
{
    if (read_all(r, p) != 0)
        return -1;
    if (p->in.len > 0 && ftruncate(fd, p->whole) != 0) {
        diag_error("cannot cut the torn line off '%s': %s", p->path,
                   strerror(errno));
        return -1;
    }
    return p->ndropped > 0 ? rewrite(r, p, new_fd) : 0;
}

struct resume *
resume_load(const char *path, int fd, bool retry_failed, int *new_fd)
{
    struct resume *r = xcalloc(1, sizeof(*r));
    struct pass p = {.path = path, .retry_failed = retry_failed};
    int ret = -1;

    *new_fd = -1;
    p.fd = open(path, O_RDONLY | O_CLOEXEC);
    if (p.fd < 0) {
        diag_error("cannot read '%s': %s", path, strerror(errno));
    } else {
        ret = load(r, &p, fd, new_fd);
        close(p.fd);
    }
    buf_fini(&p.in);
    if (ret == 0)
        return r;
    resume_free(r);
    return NULL;
}

void
resume_free(struct resume *r)
{
    if (r == NULL)
        return;
    free(r->marks);
    free(r);
}

enum resume_match
resume_find(const struct resume *r, uint64_t index, const char *url,
            size_t url_len, const char *id)
{
    struct buf plain = BUF_INIT, shown = BUF_INIT;
    struct span id_text = {id ? id : "null", id ? strlen(id) : 4};
    uint64_t mark;
    bool is_same;

    mark = index < r->nmarks ? r->marks[index] : 0;
    if (mark == 0)
        return RESUME_NONE;
    /* As the line has it: with secrets taken out, or (--show-secrets) not. */
    redact_url(&plain, url, url_len);
    jsonw_string_n(&shown, plain.data, plain.len);
    is_same = mark == mark_of((struct span){shown.data, shown.len}, id_text);
    if (!is_same) {
        buf_clear(&shown);
        jsonw_string_n(&shown, url, url_len);
        is_same =
            mark == mark_of((struct span){shown.data, shown.len}, id_text);
    }
    buf_fini(&plain);
    buf_fini(&shown);
    return is_same ? RESUME_DONE : RESUME_CHANGED;
}

uint64_t
resume_len(const struct resume *r)
{
    return r->nlines;
}
