#include "output/resume.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/json_canonical.h"
#include "base/json_writer.h"
#include "base/mark.h"
#include "base/multiset.h"
#include "base/path.h"
#include "base/redact.h"
#include "base/siphash.h"
#include "output/line_scan.h"
#include "output/resume_line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_BYTES (256 * 1024)

struct resume {
    const char *path;
    bool retry_failed;
    uint64_t ndropped; /* lines to remove */
    struct siphash_key key;
    struct multiset kept;  /* results that are kept: their requests */
    struct multiset left;  /* files of results that are fetched again */
    struct multiset named; /* files in `left` that a kept result names, too; set
                              by resume_remove() */
    struct multiset owned; /* with keeps_files: files of all kept results */
    bool keeps_files;
    bool has_request_hash; /* some line has one */
    bool lacks_method;     /* some line has none */
    struct buf text;       /* text being hashed */
    struct buf cwd;        /* the current folder, as of path_add_plain() */
};

/* A pass over the file. */
enum task {
    TASK_LOAD,
    TASK_COPY, /* write what is kept to a new file */
    TASK_DROP, /* drop the files of what is not kept */
};

struct pass {
    enum task task;
    const char *path;
    int fd;
    uint64_t line;  /* number of the last line read */
    off_t whole;    /* where the last whole line ends */
    bool is_torn;   /* an incomplete line follows it */
    bool is_bare;   /* a result without its newline follows it */
    int copy_fd;    /* the new file, to which kept lines are copied */
    struct buf out; /* bytes to be written there */
    const struct resume_bodies *bodies;
};

static void
note_cwd(struct resume *r)
{
    char *cwd = getcwd(NULL, 0);

    if (cwd)
        path_add_plain(&r->cwd, cwd, strlen(cwd));
    free(cwd);
}

/* Append a path, however its folder is spelled: "out", "./out" and the absolute
 * path are the same. */
static void
add_full_path(const struct resume *r, struct buf *out, const char *path,
              size_t len)
{
    if (len > 0 && *path != '/')
        buf_add(out, r->cwd.data, r->cwd.len);
    path_add_plain(out, path, len);
}

/* The same of a body_path, a JSON string. */
static void
add_body_path(const struct resume *r, struct buf *out, struct span json)
{
    struct buf text = BUF_INIT;

    /* The canonical text has a byte for each quote of the string. */
    json_canonical(&text, json.p, json.len);
    if (text.len > 2)
        add_full_path(r, out, text.data + 1, text.len - 2);
    buf_fini(&text);
}

static struct siphash_hash
hash_full_path(const struct resume *r, const struct buf *path)
{
    return siphash_hash(&r->key, path->len > 0 ? path->data : "", path->len);
}

static struct siphash_hash
hash_path(const struct resume *r, struct span json)
{
    struct buf path = BUF_INIT;
    struct siphash_hash hash;

    add_body_path(r, &path, json);
    hash = hash_full_path(r, &path);
    buf_fini(&path);
    return hash;
}

static int
refuse(const struct pass *p, uint64_t line)
{
    diag_error("%s:%llu: not a result of fanfetch's, so the file is left as "
               "it is",
               p->path, (unsigned long long)line);
    return -1;
}

/* Report why the results cannot be rewritten, by errno. */
static int
fail_rewrite(const struct pass *p)
{
    diag_error("cannot rewrite '%s': %s", p->path, strerror(errno));
    return -1;
}

/* Write the lines that were gathered for the new file. */
static int
flush_copy(struct pass *p)
{
    int ret = fs_write_all(p->copy_fd, p->out.data, p->out.len);

    if (ret != 0)
        ret = fail_rewrite(p);
    buf_clear(&p->out);
    return ret;
}

/* Some file systems report a full disk only here. */
static int
sync_copy(const struct pass *p)
{
    return fsync(p->copy_fd) == 0 ? 0 : fail_rewrite(p);
}

static int
copy_line(struct pass *p, struct span line)
{
    buf_add(&p->out, line.p, line.len + 1);
    return p->out.len < COPY_BYTES ? 0 : flush_copy(p);
}

/* TASK_COPY: note a file of a removed result that a kept result names, too. */
static void
note_named(struct resume *r, struct span body_path)
{
    struct siphash_hash hash;

    if (!body_path.p || r->left.len == 0)
        return;
    hash = hash_path(r, body_path);
    if (multiset_has(&r->left, &hash))
        multiset_add(&r->named, &hash);
}

/* Was the result's file written for it?  False if the file was there before
 * (--existing keep), or belongs to an earlier result (--since). */
static bool
has_own_file(const struct resume_line *seen)
{
    return seen->body_path.p && !seen->is_skipped && !seen->url_earlier.p;
}

static void
note(struct resume *r, const struct resume_line *seen, bool is_kept)
{
    struct resume_asked asked = resume_line_asked(seen);
    struct siphash_hash hash;

    r->has_request_hash |= seen->asked.request_hash.p != NULL;
    if (is_kept) {
        r->lacks_method |= !seen->asked.method.p;
        hash = resume_asked_hash(&asked, &r->key, &r->text);
        multiset_add(&r->kept, &hash);
        if (r->keeps_files && seen->body_path.p) {
            hash = hash_path(r, seen->body_path);
            multiset_add(&r->owned, &hash);
        }
    } else if (has_own_file(seen)) {
        hash = hash_path(r, seen->body_path);
        multiset_add(&r->left, &hash);
    }
}

/* TASK_DROP: drop a removed result's file, unless a kept result names it. */
static void
drop_file(const struct resume *r, const struct resume_bodies *bodies,
          const struct resume_line *seen)
{
    struct buf path = BUF_INIT, dir = BUF_INIT;
    struct siphash_hash hash;

    add_body_path(r, &path, seen->body_path);
    hash = hash_full_path(r, &path);
    buf_addc(&path, '\0');
    add_full_path(r, &dir, bodies->dir, strlen(bodies->dir));
    buf_addc(&dir, '/');
    if (!multiset_has(&r->named, &hash) && path.len > dir.len &&
        memcmp(path.data, dir.data, dir.len) == 0)
        bodies->drop(bodies->ctx, path.data + dir.len,
                     resume_line_number(seen->size_body));
    buf_fini(&path);
    buf_fini(&dir);
}

/* Handle a complete line. */
static int
take_line(struct resume *r, struct pass *p, struct span line)
{
    struct resume_line seen;
    enum resume_line_kind kind = resume_line_read(line, &seen);
    bool is_kept = kind == RESUME_LINE_RESULT && !seen.is_aborted &&
                   (seen.is_ok || !r->retry_failed);

    if (kind == RESUME_LINE_OTHER)
        return refuse(p, p->line);
    switch (p->task) {
    case TASK_LOAD:
        if (!is_kept)
            r->ndropped++;
        /* Another kind is an incomplete line, behind which a run without
         * --resume appended its results. */
        if (kind == RESUME_LINE_RESULT)
            note(r, &seen, is_kept);
        break;
    case TASK_COPY:
        if (!is_kept)
            return 0;
        note_named(r, seen.body_path);
        return copy_line(p, line);
    case TASK_DROP:
        if (!is_kept && kind == RESUME_LINE_RESULT && has_own_file(&seen))
            drop_file(r, p->bodies, &seen);
        break;
    }
    return 0;
}

/* Handle the text behind the last newline.  Editors and scripts leave a result
 * without its newline; fetching that again might send a POST twice. */
static int
take_rest(struct resume *r, struct pass *p, struct span rest)
{
    struct resume_line seen;

    p->is_bare = resume_line_read(rest, &seen) == RESUME_LINE_RESULT;
    p->is_torn = rest.len > 0 && !p->is_bare;
    return p->is_bare ? take_line(r, p, rest) : 0;
}

/* Read the file from its beginning. */
static int
read_all(struct resume *r, struct pass *p)
{
    struct line_scan scan = {.fd = p->fd, .begins = resume_line_begins};
    enum line_scan_status status = LINE_SCAN_END;
    struct span line;
    int ret = 0;

    while (ret == 0 &&
           (status = line_scan_next(&scan, &line)) == LINE_SCAN_LINE) {
        p->line = scan.line;
        ret = take_line(r, p, line);
    }
    if (ret == 0 && status == LINE_SCAN_FAILED) {
        diag_error("cannot read '%s': %s", p->path, strerror(errno));
        ret = -1;
    } else if (ret == 0 && status == LINE_SCAN_OTHER) {
        ret = refuse(p, 1);
    }
    p->whole = scan.whole;
    if (ret == 0)
        ret = take_rest(r, p, scan.rest);
    line_scan_fini(&scan);
    return ret;
}

/* Is there a file of that name that is not the remains of a killed run?  Those
 * hold results, or zeros after a power cut. */
static bool
is_of_others(const char *name)
{
    char head[256];
    int fd = open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, head, sizeof(head)) : 0;

    if (fd >= 0)
        close(fd);
    return n > 0 && head[0] != '\0' && !resume_line_begins(head, (size_t)n);
}

/* Create a new, locked file of that name: first readable by the owner only,
 * then with owner, mode and mark of the results.  Removes the remains of a
 * killed run. */
static int
make_beside(const struct pass *p, const char *name)
{
    int fd;
    struct stat st;
    char mark[MARK_TEXT];

    if (is_of_others(name)) {
        errno = EEXIST;
        return -1;
    }
    (void)unlink(name);
    fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    if (mark_get(p->fd, mark))
        mark_set(fd, mark);
    if (fstat(p->fd, &st) == 0) {
        /* Without permission to change the owner, keep our own. */
        (void)!fchown(fd, st.st_uid, st.st_gid);
        if (fchmod(fd, st.st_mode & 07777) == 0 &&
            flock(fd, LOCK_EX | LOCK_NB) == 0)
            return fd;
    }
    (void)unlink(name);
    close(fd);
    return -1;
}

/* Copy the kept lines to a new file.  Returns -1 on failure, which was
 * reported. */
static int
copy_kept(struct resume *r, struct pass *p, const char *name)
{
    p->copy_fd = make_beside(p, name);
    if (p->copy_fd >= 0) {
        p->task = TASK_COPY;
        if (read_all(r, p) == 0 && flush_copy(p) == 0 && sync_copy(p) == 0)
            return 0;
        (void)unlink(name);
        close(p->copy_fd);
        return -1;
    }
    diag_error("cannot make '%s': %s", name, strerror(errno));
    return -1;
}

/* Drop the files of the removed results.  The results are replaced only
 * afterwards, so a run that is killed meanwhile can be resumed. */
static int
drop_files(struct resume *r, struct pass *p)
{
    multiset_sort(&r->named);
    if (!p->bodies || r->left.len == 0)
        return 0;
    p->task = TASK_DROP;
    return read_all(r, p);
}

/* Replace the file by a copy without the lines that are fetched again. */
static int
rewrite(struct resume *r, struct pass *p, int *new_fd)
{
    /* If it is a symbolic link, replace its target. */
    char *target = realpath(p->path, NULL);
    struct buf name = BUF_INIT;
    int ret = -1;

    if (!target)
        return fail_rewrite(p);
    buf_printf(&name, "%s" RESUME_BESIDE, target);
    buf_addc(&name, '\0');
    if (copy_kept(r, p, name.data) == 0) {
        ret = drop_files(r, p);
        if (ret != 0)
            (void)unlink(name.data);
        else if (fs_put_in_place(name.data, target) != 0)
            ret = fail_rewrite(p);
        if (ret == 0)
            *new_fd = p->copy_fd;
        else
            close(p->copy_fd);
    }
    buf_fini(&name);
    free(target);
    return ret;
}

static int
load(struct resume *r, struct pass *p, int fd)
{
    if (read_all(r, p) != 0)
        return -1;
    multiset_sort(&r->kept);
    multiset_sort(&r->left);
    multiset_sort(&r->owned);
    if (p->is_torn && ftruncate(fd, p->whole) != 0) {
        diag_error("cannot cut the torn line off '%s': %s", p->path,
                   strerror(errno));
        return -1;
    }
    if (p->is_bare && write(fd, "\n", 1) != 1) {
        diag_error("cannot write to '%s': %s", p->path, strerror(errno));
        return -1;
    }
    return 0;
}

/* Begin a pass.  Returns -1 on failure, which was reported. */
static int
begin_pass(const struct resume *r, struct pass *p)
{
    *p = (struct pass){.path = r->path};
    p->fd = open(p->path, O_RDONLY | O_CLOEXEC);
    if (p->fd >= 0)
        return 0;
    diag_error("cannot read '%s': %s", p->path, strerror(errno));
    return -1;
}

struct resume *
resume_load(const char *path, int fd, bool retry_failed, bool keeps_files)
{
    struct resume *r = xcalloc(1, sizeof(*r));
    struct pass p;
    int ret = -1;

    r->path = path;
    r->retry_failed = retry_failed;
    r->key = siphash_key_new();
    r->keeps_files = keeps_files;
    note_cwd(r);
    if (begin_pass(r, &p) == 0) {
        ret = load(r, &p, fd);
        close(p.fd);
    }
    if (ret == 0)
        return r;
    resume_free(r);
    return NULL;
}

int
resume_remove(struct resume *r, const struct resume_bodies *bodies, int *new_fd)
{
    struct pass p;
    int ret = -1;

    *new_fd = -1;
    if (r->ndropped == 0)
        return 0;
    if (begin_pass(r, &p) == 0) {
        p.bodies = bodies;
        ret = rewrite(r, &p, new_fd);
        close(p.fd);
        buf_fini(&p.out);
    }
    return ret;
}

void
resume_free(struct resume *r)
{
    if (!r)
        return;
    multiset_fini(&r->kept);
    multiset_fini(&r->left);
    multiset_fini(&r->named);
    multiset_fini(&r->owned);
    buf_fini(&r->text);
    buf_fini(&r->cwd);
    free(r);
}

static bool
take_exact(struct resume *r, const struct resume_asked *asked)
{
    struct siphash_hash hash = resume_asked_hash(asked, &r->key, &r->text);

    return multiset_take(&r->kept, &hash);
}

/* Take a kept result of this request, also one of an older version, which wrote
 * no hash: its line may tell that there was something to hash.  Where it does
 * not, the line may be that of a request without headers and a body, so it
 * counts only if the whole file is of such a version. */
static bool
take_by_hash(struct resume *r, struct resume_asked asked)
{
    bool has_hash = asked.request_hash.p != NULL;

    if (take_exact(r, &asked))
        return true;
    asked.request_hash = RESUME_HASH_UNKNOWN;
    if (take_exact(r, &asked))
        return true;
    asked.request_hash.p = NULL;
    return has_hash && !r->has_request_hash && take_exact(r, &asked);
}

/* The same, also of one whose line lacks the method. */
static bool
take_result(struct resume *r, struct resume_asked asked)
{
    if (take_by_hash(r, asked))
        return true;
    asked.method.p = NULL;
    return r->lacks_method && take_by_hash(r, asked);
}

/* The URL as in the line: with secrets removed, or with --show-secrets
 * complete. */
static bool
take_shown(struct resume *r, struct resume_asked *asked, const char *url,
           size_t len)
{
    struct buf shown = BUF_INIT;
    bool found;

    jsonw_string_n(&shown, url ? url : "", len);
    asked->url = (struct span){shown.data, shown.len};
    found = take_result(r, *asked);
    buf_fini(&shown);
    return found;
}

static bool
take_either(struct resume *r, struct resume_asked *asked, const char *url,
            size_t len)
{
    struct buf plain = BUF_INIT;
    bool found;

    redact_url(&plain, url, len);
    /* The complete URL first: the other one may be that of a record with other
     * credentials. */
    found =
        (len > 0 && memchr(url, '@', len) && take_shown(r, asked, url, len)) ||
        take_shown(r, asked, plain.data, plain.len);
    buf_fini(&plain);
    return found;
}

static struct span
quoted(struct buf *out, const char *s)
{
    jsonw_string(out, s);
    return (struct span){out->data, out->len};
}

bool
resume_take(struct resume *r, const struct resume_record *rec)
{
    struct buf method = BUF_INIT, hash = BUF_INIT;
    struct resume_asked asked = {
        .method = quoted(&method, rec->method),
        .id = {rec->id ? rec->id : "null", rec->id ? strlen(rec->id) : 4},
        .is_repeat = rec->is_repeat,
        .is_refused = rec->is_refused,
    };
    bool found;

    if (rec->request_hash)
        asked.request_hash = quoted(&hash, rec->request_hash);
    found = take_either(r, &asked, rec->url, rec->url_len);
    if (!found && rec->is_repeat) {
        asked.is_repeat = false; /* fetched without --unique */
        found = take_either(r, &asked, rec->url, rec->url_len);
    }
    buf_fini(&method);
    buf_fini(&hash);
    return found;
}

bool
resume_may_replace(const struct resume *r, const char *path)
{
    struct buf text = BUF_INIT;
    struct siphash_hash hash;

    if (r->left.len == 0)
        return false;
    hash = hash_path(r, quoted(&text, path));
    buf_fini(&text);
    return multiset_has(&r->left, &hash) && !multiset_has(&r->named, &hash);
}

bool
resume_has_file(const struct resume *r, const char *path)
{
    struct buf text = BUF_INIT;
    struct siphash_hash hash = hash_path(r, quoted(&text, path));

    buf_fini(&text);
    return multiset_has(&r->owned, &hash);
}

size_t
resume_nleft(const struct resume *r)
{
    return r->kept.len - r->kept.ntaken;
}
