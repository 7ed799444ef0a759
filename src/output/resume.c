#include "output/resume.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/json_reader.h"
#include "base/json_writer.h"
#include "base/map.h"
#include "base/redact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES (256 * 1024)

/* What every line of ours begins with. */
#define LINE_START "{\"index\":"

/* A result, and what is known of it. */
struct mark {
    uint64_t index;
    uint64_t hash;
};

struct marks {
    struct mark *list; /* once loaded, by index */
    size_t n;
    size_t cap; /* room for so many */
};

struct resume {
    struct marks kept; /* results that stay: their requests */
    struct marks left; /* results to be fetched again: files they have left */
};

/* What a line of the file says. */
struct seen {
    uint64_t index;
    uint64_t request;      /* its hash */
    struct span body_path; /* JSON text, p NULL: none */
    bool keep;             /* false: fetch it again */
};

/* Reads the file and copies what is kept, if anything is not. */
struct pass {
    const char *path;
    int fd;
    bool retry_failed;
    struct buf in;     /* bytes read, not yet lines */
    size_t scanned;    /* bytes of it that have no newline */
    uint64_t line;     /* number of the last one */
    off_t whole;       /* where the last whole line ends */
    uint64_t ndropped; /* lines to take out */
    bool is_copying;   /* the second pass... */
    int copy_fd;       /* ...copies to here what stays */
    struct buf out;    /* on its way there */
};

/* A request as one number.  The text is what stands in the file, so that
 * both sides need no parser. */
static uint64_t
hash_request(struct span url, struct span id)
{
    uint64_t a = map_stable_hash(url.p, url.len);
    uint64_t b = map_stable_hash(id.p, id.len);

    return a ^ (b + UINT64_C(0x9e3779b97f4a7c15) + (a << 6) + (a >> 2));
}

/* Is it the beginning of a line of ours, be it only a few bytes? */
static bool
starts_like_ours(const char *p, size_t len)
{
    size_t n = sizeof(LINE_START) - 1;

    return len == 0 || memcmp(p, LINE_START, len < n ? len : n) == 0;
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

enum line_kind {
    LINE_RESULT,
    LINE_TORN, /* half a result of ours */
    LINE_OTHER,
};

static enum line_kind
read_line(struct span line, bool retry_failed, struct seen *seen)
{
    struct span url = {NULL, 0}, id = {NULL, 0}, key, value;
    struct span_flaw flaw;
    struct span_walk w;
    bool has_index = false, has_ok = false, has_error = false;
    bool is_ok = false, aborted = false;

    if (line.len == 0 || !starts_like_ours(line.p, line.len))
        return LINE_OTHER;
    if (!span_is_json(line, &flaw))
        return LINE_TORN;
    span_walk_init(&w, line);
    while (span_walk_member(&w, &key, &value)) {
        if (key_is(key, "index")) {
            has_index = read_index(value, &seen->index) == 0;
        } else if (key_is(key, "url")) {
            url = value;
        } else if (key_is(key, "id")) {
            id = value;
        } else if (key_is(key, "ok")) {
            is_ok = value_is(value, "true");
            has_ok = is_ok || value_is(value, "false");
        } else if (key_is(key, "error")) {
            has_error = true;
            aborted = is_aborted(value);
        } else if (key_is(key, "body_path") && *value.p == '"') {
            seen->body_path = value;
        }
    }
    if (!has_index || !url.p || !id.p || !has_ok || !has_error)
        return LINE_OTHER;
    seen->request = hash_request(url, id);
    seen->keep = !aborted && (is_ok || !retry_failed);
    return LINE_RESULT;
}

/* What realloc() gives beyond n is not touched, and so takes no memory. */
static void
note(struct marks *m, uint64_t index, uint64_t hash)
{
    if (m->n == m->cap) {
        m->cap = m->cap ? m->cap * 2 : 1024;
        m->list = xrealloc(m->list, m->cap * sizeof(*m->list));
    }
    m->list[m->n++] = (struct mark){index, hash};
}

/*
 * Sort the marks by index.  Lines come nearly in the order of the list, which
 * suits Shell's way, and it takes no memory, which qsort(3) does.
 */
static void
sort(struct marks *m)
{
    size_t gap = 1;

    while (gap < m->n / 9)
        gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3) {
        for (size_t i = gap; i < m->n; i++) {
            struct mark mark = m->list[i];
            size_t at = i;

            for (; at >= gap && m->list[at - gap].index > mark.index; at -= gap)
                m->list[at] = m->list[at - gap];
            m->list[at] = mark;
        }
    }
}

static int
refuse(const struct pass *p, uint64_t line)
{
    diag_error("%s:%llu: not a result of fanfetch's, so the file is left as "
               "it is",
               p->path, (unsigned long long)line);
    return -1;
}

/* Write what is to be copied. */
static int
flush_copy(struct pass *p)
{
    int ret = fs_write_all(p->copy_fd, p->out.data, p->out.len);

    if (ret != 0)
        diag_error("cannot rewrite '%s': %s", p->path, strerror(errno));
    buf_clear(&p->out);
    return ret;
}

static int
copy_line(struct pass *p, struct span line)
{
    buf_add(&p->out, line.p, line.len + 1);
    return p->out.len < READ_BYTES ? 0 : flush_copy(p);
}

/* A line, which a newline follows. */
static int
take_line(struct resume *r, struct pass *p, struct span line)
{
    struct seen seen = {.keep = false};

    p->line++;
    /* A torn one within the file: a run that does not resume went on behind
     * it. */
    if (read_line(line, p->retry_failed, &seen) == LINE_OTHER)
        return refuse(p, p->line);
    if (p->is_copying)
        return seen.keep ? copy_line(p, line) : 0;
    if (seen.keep) {
        note(&r->kept, seen.index, seen.request);
        return 0;
    }
    p->ndropped++;
    if (seen.body_path.p)
        note(&r->left, seen.index,
             map_stable_hash(seen.body_path.p, seen.body_path.len));
    return 0;
}

/* Take the whole lines out of what was read. */
static int
take_lines(struct resume *r, struct pass *p)
{
    size_t done = 0, from = p->scanned;
    char *end;

    while ((end = memchr(p->in.data + from, '\n', p->in.len - from))) {
        size_t len = (size_t)(end - p->in.data) - done;
        if (take_line(r, p, (struct span){p->in.data + done, len}) != 0)
            return -1;
        done += len + 1;
        from = done;
    }
    p->whole += (off_t)done;
    buf_consume(&p->in, done);
    p->scanned = p->in.len;
    /* What begins as something else may have no newline for gigabytes. */
    if (p->line == 0 && !starts_like_ours(p->in.data, p->in.len))
        return refuse(p, 1);
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
    p->scanned = 0;
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

/* A locked new file of that name, for the owner and with the mode of the one
 * being read.  One of that name is what a killed run has left. */
static int
make_beside(const struct pass *p, const char *name)
{
    int fd;
    struct stat st;

    (void)unlink(name);
    fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    if (fstat(p->fd, &st) == 0) {
        /* Who may not give files away keeps his own. */
        (void)!fchown(fd, st.st_uid, st.st_gid);
        if (fchmod(fd, st.st_mode & 07777) == 0 &&
            flock(fd, LOCK_EX | LOCK_NB) == 0)
            return fd;
    }
    (void)unlink(name);
    close(fd);
    return -1;
}

/* Copy the lines that stay to a new file; -1: reported. */
static int
copy_kept(struct resume *r, struct pass *p, const char *name)
{
    p->copy_fd = make_beside(p, name);
    if (p->copy_fd >= 0) {
        p->is_copying = true;
        if (read_all(r, p) == 0 && flush_copy(p) == 0 && fsync(p->copy_fd) == 0)
            return 0;
        (void)unlink(name);
        close(p->copy_fd);
        return -1;
    }
    diag_error("cannot make '%s': %s", name, strerror(errno));
    return -1;
}

/* Put a copy without the lines to be fetched again in the file's place. */
static int
rewrite(struct resume *r, struct pass *p, int *new_fd)
{
    /* Not in the place of a symbolic link to it. */
    char *target = realpath(p->path, NULL);
    struct buf name = BUF_INIT;
    int ret = -1;

    if (target == NULL) {
        diag_error("cannot rewrite '%s': %s", p->path, strerror(errno));
        return -1;
    }
    buf_printf(&name, "%s.resume-tmp", target);
    buf_addc(&name, '\0');
    if (copy_kept(r, p, name.data) == 0) {
        ret = rename(name.data, target);
        if (ret == 0) {
            *new_fd = p->copy_fd;
        } else {
            diag_error("cannot rewrite '%s': %s", p->path, strerror(errno));
            (void)unlink(name.data);
            close(p->copy_fd);
        }
    }
    buf_fini(&name);
    free(target);
    return ret;
}

static int
load(struct resume *r, struct pass *p, int fd, int *new_fd)
{
    if (read_all(r, p) != 0)
        return -1;
    sort(&r->kept);
    sort(&r->left);
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
    buf_fini(&p.out);
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
    free(r->kept.list);
    free(r->left.list);
    free(r);
}

/* The first mark of this index or of one behind it. */
static size_t
find(const struct marks *m, uint64_t index)
{
    size_t low = 0, high = m->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (m->list[middle].index < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* An edited list may have led to several results of one index. */
static bool
has(const struct marks *m, uint64_t index, uint64_t hash)
{
    for (size_t i = find(m, index); i < m->n && m->list[i].index == index; i++)
        if (m->list[i].hash == hash)
            return true;
    return false;
}

/* A request whose line shows this URL. */
static uint64_t
hash_shown(const char *url, size_t url_len, struct span id)
{
    struct buf shown = BUF_INIT;
    uint64_t hash;

    jsonw_string_n(&shown, url ? url : "", url_len);
    hash = hash_request((struct span){shown.data, shown.len}, id);
    buf_fini(&shown);
    return hash;
}

enum resume_match
resume_find(const struct resume *r, uint64_t index, const char *url,
            size_t url_len, const char *id)
{
    struct span id_text = {id ? id : "null", id ? strlen(id) : 4};
    struct buf plain = BUF_INIT;
    size_t i = find(&r->kept, index);
    uint64_t redacted, full;

    if (i == r->kept.n || r->kept.list[i].index != index)
        return RESUME_NONE;
    /* As the line has it: with secrets taken out, or (--show-secrets) not. */
    redact_url(&plain, url, url_len);
    redacted = hash_shown(plain.data, plain.len, id_text);
    full = hash_shown(url, url_len, id_text);
    buf_fini(&plain);
    if (has(&r->kept, index, redacted) || has(&r->kept, index, full))
        return RESUME_DONE;
    return RESUME_CHANGED;
}

bool
resume_left_body(const struct resume *r, uint64_t index, const char *path)
{
    struct buf text = BUF_INIT;
    bool was_there;

    jsonw_string(&text, path);
    was_there = has(&r->left, index, map_stable_hash(text.data, text.len));
    buf_fini(&text);
    return was_there;
}

size_t
resume_len(const struct resume *r)
{
    return r->kept.n;
}
