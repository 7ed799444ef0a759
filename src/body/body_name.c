#include "body/body_name.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "body/body.h"
#include "body/digest.h"
#include "body/disposition.h"
#include "body/extension.h"
#include "body/name_template.h"
#include "body/safe_name.h"
#include "body/write_error.h"
#include "job/job.h"
#include "job/options.h"

/* How much of a file is read at once, to hash it. */
#define PIECE_BYTES (64 * 1024)

/* The largest number that is tried for one name. */
#define NUMBER_MAX 100000000

_Static_assert(DIGEST_TEXT == TEMPLATE_HASH_DIGITS + 1, "one kind of hash");

/* -------------------------------------------------- the file that is there */

/* How many digits of the content's hash are in the file's name; 0: none. */
static unsigned
name_digits(const struct body_env *env, const struct job *j)
{
    if (!env->store || j->output_name)
        return 0;
    return template_hash_digits(env->opts->output_name);
}

bool
body_name_may_be_there(const struct body_env *env, const struct job *j)
{
    return name_digits(env, j) > 0 || (env->store && env->opts->resume);
}

/* Does a file have the content with this hash? */
static bool
has_hash(int fd, const char *hash)
{
    struct digest *d = digest_new();
    char text[DIGEST_TEXT], *piece = xmalloc(PIECE_BYTES);
    ssize_t n;

    while ((n = read(fd, piece, PIECE_BYTES)) > 0)
        digest_add(d, piece, (size_t)n);
    digest_finish(d, text);
    digest_free(d);
    free(piece);
    return n == 0 && strcmp(text, hash) == 0;
}

static void
put_path(const struct body_env *env, const char *name, struct buf *path)
{
    const char *dir = store_dir(env->store);

    buf_printf(path, strcmp(dir, "/") ? "%s/%s" : "%s%s", dir, name);
    buf_addc(path, '\0');
}

static bool
may_replace(const struct body_env *env, const char *name)
{
    struct buf path = BUF_INIT;
    bool may = env->opts->existing == EXISTING_REPLACE;

    if (env->may_replace) {
        put_path(env, name, &path);
        may = env->may_replace(env->ctx, path.data);
        buf_fini(&path);
    }
    return may;
}

/*
 * Does a file with the same content exist?  Its content is read: a name that
 * contains the hash proves nothing, since a record may have asked for exactly
 * that name.
 */
static bool
has_same_file(const struct body_env *env, const struct job *j, const char *name,
              const char *hash)
{
    struct stat st;
    bool is_same;
    int fd;

    if (!body_name_may_be_there(env, j))
        return false;
    fd = store_find(env->store, name);
    if (fd < 0)
        return false;
    is_same = fstat(fd, &st) == 0 && st.st_size == j->res.size_body &&
              has_hash(fd, hash);
    /* Another record with the same name must not replace it now. */
    if (is_same && may_replace(env, name))
        is_same = store_claim(env->store, name, fd);
    close(fd);
    return is_same;
}

/* --------------------------------------------------------------- its name */

static void
own_name(const struct job *j, struct buf *name)
{
    buf_add(name, j->output_name, strlen(j->output_name) + 1);
    safe_name_fix(name);
}

/* Expand the template; hash is "" if there is no response yet. */
static void
expand_name(const struct body_env *env, const struct job *j, const char *hash,
            struct buf *name)
{
    struct buf filename = BUF_INIT;
    char ext[EXTENSION_TEXT];
    bool has_filename = j->res.disposition &&
                        disposition_filename(j->res.disposition, &filename);

    if (has_filename)
        buf_addc(&filename, '\0');
    extension_choose(j->res.content_type, j->target.url, ext);
    template_expand(name, env->opts->output_name,
                    &(struct template_values){
                        .index = j->index,
                        .id = j->id,
                        .host = j->origin.host,
                        .port = j->origin.port,
                        .url = j->origin.url,
                        .method = j->first.method,
                        .status = j->res.status,
                        .filename = has_filename ? filename.data : NULL,
                        .hash = hash,
                        .ext = ext,
                        .date = env->date,
                    });
    buf_fini(&filename);
}

/* The NUL-terminated name of the body's file.  Returns -1 if it cannot be a
 * name. */
static int
make_name(const struct body_env *env, const struct job *j, const char *hash,
          struct buf *name)
{
    if (!j->output_name) {
        expand_name(env, j, hash, name);
    } else if (safe_name_check(j->output_name)) {
        own_name(j, name);
    } else {
        buf_add(name, j->output_name, strlen(j->output_name) + 1);
        return -1;
    }
    return safe_name_check(name->data) ? 0 : -1;
}

static bool
has_file(const struct body_env *env, const char *name)
{
    int fd = store_find(env->store, name);

    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static void
set_path(const struct body_env *env, struct job *j, const char *name)
{
    struct buf path = BUF_INIT;

    put_path(env, name, &path);
    j->res.body_path = arena_strdup(job_hop_mem(j), path.data);
    buf_fini(&path);
}

bool
body_name_is_kept(const struct body_env *env, struct job *j)
{
    struct buf name = BUF_INIT;

    if (!env->store || env->opts->existing != EXISTING_KEEP ||
        (!j->output_name && !template_is_known_first(env->opts->output_name)))
        return false;
    if (make_name(env, j, "", &name) == 0 && has_file(env, name.data) &&
        !may_replace(env, name.data)) {
        set_path(env, j, name.data);
        j->res.is_skipped = true;
    }
    buf_fini(&name);
    return j->res.is_skipped;
}

/* ------------------------------------------------- the name is taken */

/* Append "-N" before the name's extension. */
static void
number_name(const char *name, unsigned n, struct buf *out)
{
    const char *last = strrchr(name, '/'), *dot;
    size_t stem;

    last = last ? last + 1 : name;
    dot = strrchr(last, '.');
    stem = dot && dot > last ? (size_t)(dot - name) : strlen(name);
    buf_clear(out);
    buf_add(out, name, stem);
    buf_printf(out, "-%u%s", n, name + stem);
    buf_addc(out, '\0');
    safe_name_fix(out);
}

/*
 * Give the finished temporary file the first free number, or nearly the first:
 * the steps double until a number is free, and bisection finds the border to
 * the last one taken.  With a million files of one name that takes 40 tries.
 */
static int
put_numbered(const struct body_env *env, char temp[STORE_TEMP],
             struct buf *name)
{
    struct buf numbered = BUF_INIT;
    unsigned taken = 0, free_one = 1;
    int err = EEXIST;

    for (;; taken = free_one, free_one *= 2) {
        number_name(name->data, free_one, &numbered);
        if (!has_file(env, numbered.data) || free_one > NUMBER_MAX)
            break;
    }
    while (free_one - taken > 1) {
        unsigned middle = taken + (free_one - taken) / 2;

        number_name(name->data, middle, &numbered);
        if (has_file(env, numbered.data))
            taken = middle;
        else
            free_one = middle;
    }
    do {
        number_name(name->data, free_one++, &numbered);
        err = store_put(env->store, temp, NULL, 0, numbered.data, false);
    } while (err == EEXIST && free_one < NUMBER_MAX);
    buf_clear(name);
    buf_add(name, numbered.data, numbered.len);
    buf_fini(&numbered);
    return err;
}

/* The name is taken by different content: act as --existing says. */
static int
give_other_name(const struct body_env *env, struct job *j,
                char temp[STORE_TEMP], struct buf *name)
{
    switch (env->opts->existing) {
    case EXISTING_KEEP:
        if (!has_file(env, name->data))
            return EEXIST;
        j->res.is_skipped = true;
        j->res.sha256 = NULL; /* the existing file's hash is another one */
        return 0;
    case EXISTING_NUMBER:
        return put_numbered(env, temp, name);
    case EXISTING_REFUSE:
    case EXISTING_REPLACE: /* a file of this run */
        break;
    }
    return EEXIST;
}

void
body_name_give(const struct body_env *env, struct job *j, char temp[STORE_TEMP],
               const struct buf *last, const char *hash, int err)
{
    struct buf name = BUF_INIT;

    if (make_name(env, j, hash, &name)) {
        result_fail(&j->res, ERR_WRITE, "name_invalid", PHASE_WRITE, false,
                    "'%.150s' is not a name within the output folder",
                    name.data);
        buf_fini(&name);
        return;
    }
    if (!err && !has_same_file(env, j, name.data, hash)) {
        err = store_put(env->store, temp, last->data, last->len, name.data,
                        may_replace(env, name.data));
        /* Another transfer may have stored the same content in the meantime. */
        if (err == EEXIST && has_same_file(env, j, name.data, hash))
            err = 0;
        if (err == EEXIST)
            err = give_other_name(env, j, temp, &name);
    }
    if (err)
        write_error_set(env, j, name.data, err);
    else
        set_path(env, j, name.data);
    buf_fini(&name);
}

/* May the name have that many digits of a hash in it? */
static bool
may_have_hash(const char *name, unsigned digits)
{
    unsigned n = 0;

    for (; *name && n < digits; name++)
        n = strchr("0123456789abcdef", *name) ? n + 1 : 0;
    return n == digits;
}

void
body_name_drop(const struct body_env *env, const char *name, int64_t size)
{
    unsigned digits = template_hash_digits(env->opts->output_name);

    if (digits == 0 || !may_have_hash(name, digits))
        store_remove(env->store, name, size);
}
