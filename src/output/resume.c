#include "output/resume.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json_writer.h"
#include "base/multiset.h"
#include "base/redact.h"
#include "base/siphash.h"
#include "output/resume_files.h"
#include "output/resume_line.h"
#include "output/resume_pass.h"
#include "output/resume_rewrite.h"

struct resume {
    const char *path;
    bool retry_failed;
    uint64_t ndropped; /* lines to remove */
    struct siphash_key key;
    struct multiset kept; /* results that are kept: their requests */
    struct resume_files files;
    bool has_request_hash; /* some line has one */
    bool lacks_method;     /* some line has none */
    struct buf text;       /* text being hashed */
};

static void
note_kept(struct resume *r, const struct resume_line *seen)
{
    struct resume_asked asked = resume_line_asked(seen);
    struct siphash_hash hash = resume_asked_hash(&asked, &r->key, &r->text);

    r->lacks_method |= !seen->asked.method.p;
    multiset_add(&r->kept, &hash);
}

static int
note_line(void *ctx, const struct resume_entry *e)
{
    struct resume *r = ctx;

    r->ndropped += !e->is_kept;
    if (!e->is_result)
        return 0;
    r->has_request_hash |= e->seen.asked.request_hash.p != NULL;
    if (e->is_kept)
        note_kept(r, &e->seen);
    resume_files_note(&r->files, &e->seen, e->is_kept);
    return 0;
}

/* Give the file, which is open for writing, a whole last line. */
static int
end_file(const struct resume_pass *pass, int fd)
{
    if (pass->is_torn && ftruncate(fd, pass->whole) != 0) {
        diag_error("cannot cut the torn line off '%s': %s", pass->path,
                   strerror(errno));
        return -1;
    }
    if (pass->is_bare && write(fd, "\n", 1) != 1) {
        diag_error("cannot write to '%s': %s", pass->path, strerror(errno));
        return -1;
    }
    return 0;
}

static int
load(struct resume *r, int fd)
{
    struct resume_pass pass = {
        .path = r->path,
        .fd = resume_pass_open(r->path),
        .retry_failed = r->retry_failed,
        .on_line = note_line,
        .ctx = r,
    };
    int ret;

    if (pass.fd < 0)
        return -1;
    ret = resume_pass_run(&pass);
    close(pass.fd);
    if (ret != 0)
        return -1;
    multiset_sort(&r->kept);
    multiset_sort(&r->files.left);
    multiset_sort(&r->files.owned);
    return end_file(&pass, fd);
}

struct resume *
resume_load(const char *path, int fd, bool retry_failed, bool keeps_files)
{
    struct resume *r = xcalloc(1, sizeof(*r));

    r->path = path;
    r->retry_failed = retry_failed;
    r->key = siphash_key_new();
    resume_files_init(&r->files, keeps_files);
    if (load(r, fd) == 0)
        return r;
    resume_free(r);
    return NULL;
}

int
resume_remove(struct resume *r, const struct resume_bodies *bodies, int *new_fd)
{
    *new_fd = -1;
    if (r->ndropped == 0)
        return 0;
    *new_fd = resume_rewrite(r->path, r->retry_failed, &r->files, bodies);
    return *new_fd >= 0 ? 0 : -1;
}

void
resume_free(struct resume *r)
{
    if (!r)
        return;
    multiset_fini(&r->kept);
    resume_files_fini(&r->files);
    buf_fini(&r->text);
    free(r);
}

static bool
take_exact(struct resume *r, const struct resume_asked *asked)
{
    struct siphash_hash hash = resume_asked_hash(asked, &r->key, &r->text);

    return multiset_take(&r->kept, &hash);
}

/*
 * Take a kept result of this request, also one that an older version wrote
 * without a request_hash.  The line may tell that the request had something to
 * hash (RESUME_HASH_UNKNOWN).  If it does not, it may be the line of a request
 * without headers and a body, so it counts only if no line of the file has a
 * hash.
 */
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

/* Take a result of the request, also one whose line lacks the method. */
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
    return resume_files_has_left(&r->files, path);
}

bool
resume_has_file(const struct resume *r, const char *path)
{
    return resume_files_has_owned(&r->files, path);
}

size_t
resume_nleft(const struct resume *r)
{
    return r->kept.len - r->kept.ntaken;
}
