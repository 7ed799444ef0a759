#include "output/resume_files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json_canonical.h"
#include "base/json_writer.h"
#include "base/path.h"
#include "output/resume.h"
#include "output/resume_line.h"

static void
note_cwd(struct resume_files *f)
{
    char *cwd = getcwd(NULL, 0);

    if (cwd)
        path_add_plain(&f->cwd, cwd, strlen(cwd));
    free(cwd);
}

/* Append a path, however its folder is spelled: "out", "./out" and the absolute
 * path are the same. */
static void
add_full_path(const struct resume_files *f, struct buf *out, const char *path,
              size_t len)
{
    if (len > 0 && *path != '/')
        buf_add(out, f->cwd.data, f->cwd.len);
    path_add_plain(out, path, len);
}

/* Append the full path of a body_path, which is a JSON string. */
static void
add_body_path(const struct resume_files *f, struct buf *out, struct span json)
{
    struct buf text = BUF_INIT;

    /* The canonical text has a byte for each quote of the string. */
    json_canonical(&text, json.p, json.len);
    if (text.len > 2)
        add_full_path(f, out, text.data + 1, text.len - 2);
    buf_fini(&text);
}

static struct siphash_hash
hash_full_path(const struct resume_files *f, const struct buf *path)
{
    return siphash_hash(&f->key, path->len > 0 ? path->data : "", path->len);
}

static struct siphash_hash
hash_path(const struct resume_files *f, struct span json)
{
    struct buf path = BUF_INIT;
    struct siphash_hash hash;

    add_body_path(f, &path, json);
    hash = hash_full_path(f, &path);
    buf_fini(&path);
    return hash;
}

/* Was the result's file written for it?  False if the file was there before
 * (--existing keep), or belongs to an earlier result (--since). */
static bool
has_own_file(const struct resume_line *seen)
{
    return seen->body_path.p && !seen->is_skipped && !seen->url_earlier.p;
}

void
resume_files_init(struct resume_files *f, bool keeps_owned)
{
    *f = (struct resume_files){.keeps_owned = keeps_owned};
    f->key = siphash_key_new();
    note_cwd(f);
}

void
resume_files_fini(struct resume_files *f)
{
    multiset_fini(&f->left);
    multiset_fini(&f->named);
    multiset_fini(&f->owned);
    buf_fini(&f->cwd);
}

void
resume_files_note(struct resume_files *f, const struct resume_line *seen,
                  bool is_kept)
{
    struct siphash_hash hash;

    if (is_kept ? !f->keeps_owned || !seen->body_path.p : !has_own_file(seen))
        return;
    hash = hash_path(f, seen->body_path);
    multiset_add(is_kept ? &f->owned : &f->left, &hash);
}

void
resume_files_note_named(struct resume_files *f, struct span body_path)
{
    struct siphash_hash hash;

    if (!body_path.p || f->left.len == 0)
        return;
    hash = hash_path(f, body_path);
    if (multiset_has(&f->left, &hash))
        multiset_add(&f->named, &hash);
}

void
resume_files_drop(const struct resume_files *f,
                  const struct resume_bodies *bodies,
                  const struct resume_line *seen)
{
    struct buf path = BUF_INIT, dir = BUF_INIT;
    struct siphash_hash hash;

    if (!has_own_file(seen))
        return;
    add_body_path(f, &path, seen->body_path);
    hash = hash_full_path(f, &path);
    buf_addc(&path, '\0');
    add_full_path(f, &dir, bodies->dir, strlen(bodies->dir));
    buf_addc(&dir, '/');
    if (!multiset_has(&f->named, &hash) && path.len > dir.len &&
        memcmp(path.data, dir.data, dir.len) == 0)
        bodies->drop(bodies->ctx, path.data + dir.len,
                     resume_line_number(seen->size_body));
    buf_fini(&path);
    buf_fini(&dir);
}

/* The hash of a body_path that is given as text. */
static struct siphash_hash
hash_text(const struct resume_files *f, const char *path)
{
    struct buf json = BUF_INIT;
    struct siphash_hash hash;

    jsonw_string(&json, path);
    hash = hash_path(f, (struct span){json.data, json.len});
    buf_fini(&json);
    return hash;
}

bool
resume_files_has_left(const struct resume_files *f, const char *path)
{
    struct siphash_hash hash;

    if (f->left.len == 0)
        return false;
    hash = hash_text(f, path);
    return multiset_has(&f->left, &hash) && !multiset_has(&f->named, &hash);
}

bool
resume_files_has_owned(const struct resume_files *f, const char *path)
{
    struct siphash_hash hash = hash_text(f, path);

    return multiset_has(&f->owned, &hash);
}
