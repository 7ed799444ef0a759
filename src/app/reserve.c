#include "app/reserve.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/path.h"
#include "body/store.h"
#include "job/form.h"
#include "job/line_file.h"
#include "job/options.h"
#include "output/resume.h"
#include "output/warc_file.h"
#include "url/netrc.h"

/* Is the folder this one or below it?  Both paths are canonical. */
static bool
is_beneath(const char *folder, const char *root)
{
    size_t len = strcmp(root, "/") == 0 ? 0 : strlen(root);

    return strncmp(folder, root, len) == 0 &&
           (folder[len] == '/' || folder[len] == '\0');
}

/* Files elsewhere are left out: a list of lists may be long, and each body's
 * name is compared with what is reserved. */
static void
reserve(struct store *store, const char *path, bool is_number)
{
    char *end = path_follow(path), *copy = xstrdup(end);
    char *folder = realpath(dirname(copy), NULL);
    char *root = realpath(store_dir(store), NULL);
    struct stat st;

    if (folder && root && is_beneath(folder, root) && stat(folder, &st) == 0)
        store_reserve(store, &st, basename(end), is_number);
    free(root);
    free(folder);
    free(copy);
    free(end);
}

/* Reserve the name of the file that --resume makes beside the results. */
static void
reserve_rewritten(struct store *store, const char *results)
{
    struct buf path = BUF_INIT;
    char *end = path_follow(results);

    buf_printf(&path, "%s" RESUME_BESIDE, end);
    buf_addc(&path, '\0');
    reserve(store, path.data, false);
    buf_fini(&path);
    free(end);
}

static void
reserve_all(struct store *store, const char *const *paths, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (paths[i])
            reserve(store, paths[i], false);
}

/* Reserve the files that options are read from, or that are sent. */
static void
reserve_read(const struct opts *opts, struct store *store)
{
    const char *const paths[] = {
        getenv("FANFETCH_CONFIG"),
        opts->oauth2_file ? opts->oauth2_file->path : NULL,
        opts->upload_file,
        opts->cacert,
        opts->cert,
        opts->key,
        opts->pinnedpubkey,
    };
    struct buf netrc = BUF_INIT;

    if (opts->netrc)
        netrc_path(&netrc);
    reserve_all(store, paths, ARRAY_LEN(paths));
    reserve_all(store, (const char *const[]){netrc.data}, 1);
    reserve_all(store, opts->config.v, opts->config.n);
    for (const struct line_file *f = opts->header_files; f; f = f->next)
        reserve(store, f->path, false);
    for (const struct form_part *part = opts->form; part; part = part->next)
        if (part->path)
            reserve(store, part->path, false);
    for (size_t i = 0; i < opts->cookies.n; i++)
        if (!strchr(opts->cookies.v[i], '='))
            reserve(store, opts->cookies.v[i], false);
    buf_fini(&netrc);
}

void
reserve_files(const struct opts *opts, struct store *store)
{
    const char *const paths[] = {
        "/proc/self/fd/0", "/proc/self/fd/1", "/proc/self/fd/2",  opts->output,
        opts->cookie_jar,  opts->trace,       opts->summary_file, opts->report,
        opts->warc,        opts->since,
    };

    reserve_all(store, paths, ARRAY_LEN(paths));
    if (opts->output)
        reserve_rewritten(store, opts->output);
    reserve_read(opts, store);
    for (size_t i = 0; i < opts->noperands; i++)
        if (!strstr(opts->operands[i], "://"))
            reserve(store, opts->operands[i], false);
    if (opts->warc && opts->warc_size >= 0) {
        char *stem = warc_file_stem(opts->warc);

        reserve(store, stem, true);
        free(stem);
    }
}
