#include "engine/renewal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/budgets.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/fs.h"
#include "engine/setup.h"
#include "job/line_file.h"
#include "job/options.h"

/* A file's time is no finer than the kernel's tick: what was written so lately
 * may be written again without a sign of it. */
#define SETTLED_US (100 * US_PER_MS)

/* A file, and what it held last. */
struct held {
    struct held *next;
    const struct line_file *file;
    struct stat seen;  /* as it was read; st_ino 0: not yet, or not stable */
    struct arena *mem; /* lines' */
    struct strings lines;
    bool has_failed; /* that was reported */
};

struct renewal {
    const struct opts *opts;
    struct held *files;
    struct held *token; /* NULL: it is not of a file */
    struct curl_slist *headers;
};

static struct arena *
mem_new(void)
{
    struct arena *mem = xmalloc(sizeof(*mem));

    arena_init(mem);
    return mem;
}

static void
mem_free(struct arena *mem)
{
    arena_reset(mem);
    free(mem);
}

static struct held *
held_new(const struct line_file *file)
{
    struct held *h = xcalloc(1, sizeof(*h));

    h->file = file;
    h->mem = mem_new();
    return h;
}

static void
held_free(struct held *h)
{
    mem_free(h->mem);
    free(h);
}

/* The options' headers, where a file's stand those that it holds now. */
static void
build_headers(struct renewal *r)
{
    const struct strings *given = &r->opts->headers;
    struct arena mem;
    struct strings now = {0};
    size_t i = 0;

    arena_init(&mem);
    for (const struct held *h = r->files; h; h = h->next) {
        if (h == r->token)
            continue;
        while (i < h->file->first)
            strings_add(&mem, &now, given->v[i++]);
        for (size_t k = 0; k < h->lines.n; k++)
            strings_add(&mem, &now, h->lines.v[k]);
        i = h->file->first + h->file->n;
    }
    while (i < given->n)
        strings_add(&mem, &now, given->v[i++]);
    curl_slist_free_all(r->headers);
    r->headers = setup_run_headers(r->opts, &now);
    arena_reset(&mem);
}

/* err: an errno, or 0. */
static void
fail(struct held *h, const char *why, int err)
{
    if (!h->has_failed)
        diag_warn("--%s: '%s' %s%s%s; its earlier content is sent",
                  h->file->option, h->file->path, why, err ? ": " : "",
                  err ? strerror(err) : "");
    h->has_failed = true;
}

static bool
is_stable(const struct stat *st)
{
    int64_t written_us =
        (int64_t)st->st_mtim.tv_sec * US_PER_S + st->st_mtim.tv_nsec / 1000;
    int64_t age_us = clock_wall_us() - written_us;

    return age_us > SETTLED_US;
}

/* Read it.  0 or an errno. */
static int
read_file(const char *path, struct buf *text, struct stat *st)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int err = fd < 0 || fstat(fd, st) != 0 ? errno : 0;

    if (err == 0 && !S_ISREG(st->st_mode))
        err = EINVAL;
    while (err == 0 && text->len <= RENEWED_FILE_MAX) {
        ssize_t n = read(fd, buf_reserve(text, BUFSIZ), BUFSIZ);

        if (n < 0 && errno != EINTR)
            err = errno;
        if (n == 0)
            break;
        text->len += n > 0 ? (size_t)n : 0;
    }
    if (err == 0 && text->len > RENEWED_FILE_MAX)
        err = EFBIG;
    if (fd >= 0)
        close(fd);
    return err;
}

/* Take what the text says.  false: nothing has changed. */
static bool
take(struct renewal *r, struct held *h, const struct buf *text)
{
    struct strings lines = {0};
    struct arena *mem = mem_new();
    size_t line;

    if (line_file_parse(text->data, text->len, h->file->is_valid, mem, &lines,
                        &line) != 0)
        fail(h, "has a line that cannot be sent", 0);
    else if (h == r->token && lines.n > 1)
        fail(h, "has more than one line", 0);
    else
        h->has_failed = false;
    if (h->has_failed || lines.n == 0) {
        mem_free(mem);
        return false;
    }
    mem_free(h->mem);
    h->mem = mem;
    h->lines = lines;
    return true;
}

/* Has it changed, and to something that can be sent? */
static bool
look(struct renewal *r, struct held *h)
{
    struct buf text = BUF_INIT;
    struct stat st;
    bool has_changed = false;
    int err = stat(h->file->path, &st) == 0 ? 0 : errno;

    if (err == 0 && h->seen.st_ino != 0 && fs_is_unchanged(&st, &h->seen))
        return false;
    if (err == 0)
        err = read_file(h->file->path, &text, &st);
    if (err)
        fail(h, "cannot be read", err);
    else
        has_changed = take(r, h, &text);
    h->seen = st;
    if (err || !is_stable(&st))
        h->seen.st_ino = 0;
    buf_fini(&text);
    return has_changed;
}

struct renewal *
renewal_new(const struct opts *opts)
{
    struct renewal *r;
    struct held **end;

    if (!opts_renew(opts))
        return NULL;
    r = xcalloc(1, sizeof(*r));
    r->opts = opts;
    end = &r->files;
    for (const struct line_file *f = opts->header_files; f; f = f->next) {
        struct held *h = *end = held_new(f);

        for (size_t i = 0; i < f->n; i++)
            strings_add(h->mem, &h->lines, opts->headers.v[f->first + i]);
        end = &h->next;
    }
    if (opts->oauth2_file) {
        r->token = *end = held_new(opts->oauth2_file);
        strings_add(r->token->mem, &r->token->lines, opts->oauth2_bearer);
    }
    build_headers(r);
    return r;
}

void
renewal_free(struct renewal *r)
{
    struct held *next;

    if (!r)
        return;
    for (struct held *h = r->files; h; h = next) {
        next = h->next;
        held_free(h);
    }
    curl_slist_free_all(r->headers);
    free(r);
}

void
renewal_look(struct renewal *r)
{
    bool has_changed = false;

    for (struct held *h = r->files; h; h = h->next)
        has_changed = look(r, h) || has_changed;
    if (has_changed)
        build_headers(r);
}

const struct curl_slist *
renewal_headers(const struct renewal *r)
{
    return r->headers;
}

const char *
renewal_token(const struct renewal *r)
{
    return r->token ? r->token->lines.v[0] : NULL;
}
