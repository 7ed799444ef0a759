#include "app/files.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/span.h"
#include "body/store.h"
#include "input/source.h"
#include "job/form.h"
#include "job/line_file.h"
#include "job/options.h"
#include "output/result_line.h"
#include "output/resume.h"
#include "output/warc_file.h"
#include "report/page.h"
#include "url/netrc.h"

/* How much of the beginning of a file is examined. */
#define HEAD_BYTES 4096

/* The most symbolic links followed on the way to a file that does not exist
 * yet. */
#define MAX_LINKS 8

/* A file that an option would write. */
struct written {
    const char *option; /* as in messages */
    const char *path;   /* NULL: not asked for */
    bool (*is_ours)(const char *p, size_t len, const struct opts *opts);
    const char *holds; /* "results of fanfetch's" */
};

/* ------------------------------------------------------- kinds of files */

static bool
begins_with(const char *p, size_t len, const char *text)
{
    size_t n = strlen(text);

    return len >= n && memcmp(p, text, n) == 0;
}

/* Field i of a line of a table, the first one being 0. */
static struct span
field_of(const char *p, size_t len, size_t i)
{
    const char *end = p + len, *tab;

    for (; (tab = memchr(p, '\t', (size_t)(end - p))) && i > 0; i--)
        p = tab + 1;
    return (struct span){p, (size_t)((tab ? tab : end) - p)};
}

static bool
is_flag(struct span field)
{
    return ascii_is_word(field.p, field.len, "true") ||
           ascii_is_word(field.p, field.len, "false");
}

/* Is it a line of a jar?  It has seven fields, of which the last may be empty.
 * Without a title above it the line could be any table's, so both flags must be
 * valid, too. */
static bool
is_cookie_line(const char *p, size_t len, bool has_title)
{
    size_t ntabs = 0;

    for (size_t i = 0; i < len; i++)
        ntabs += p[i] == '\t';
    return (ntabs == 5 || ntabs == 6) &&
           (has_title ||
            (is_flag(field_of(p, len, 1)) && is_flag(field_of(p, len, 3))));
}

/* "# Netscape HTTP Cookie File", "# HTTP Cookie File". */
static bool
is_jar_title(const char *p, size_t len)
{
    static const char title[] = "Cookie File";

    return memmem(p, len, title, sizeof(title) - 1) != NULL;
}

bool
files_is_jar(const char *p, size_t len)
{
    const char *end = p + len;
    bool has_title = len == 0;

    while (p < end) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((newline ? newline : end) - p);

        if (n > 0 && p[n - 1] == '\r')
            n--;
        if (n > 0 && (*p != '#' || begins_with(p, n, "#HttpOnly_")))
            return is_cookie_line(p, n, has_title);
        has_title |= is_jar_title(p, n);
        p = newline ? newline + 1 : end;
    }
    return has_title;
}

static bool
is_jar(const char *p, size_t len, const struct opts *opts)
{
    (void)opts;
    return files_is_jar(p, len);
}

bool
files_is_summary(const char *p, size_t len)
{
    static const char start[] = "{\"records\":";
    size_t n = sizeof(start) - 1;

    return memcmp(p, start, len < n ? len : n) == 0; /* or cut short */
}

static bool
is_summary(const char *p, size_t len, const struct opts *opts)
{
    (void)opts;
    return files_is_summary(p, len);
}

bool
files_is_page(const char *p, size_t len)
{
    return len == 0 || begins_with(p, len, PAGE_START);
}

static bool
is_page(const char *p, size_t len, const struct opts *opts)
{
    (void)opts;
    return files_is_page(p, len);
}

static bool
is_trace(const char *p, size_t len, const struct opts *opts)
{
    static const char start[] = "{\"t\":";
    size_t n = sizeof(start) - 1;

    (void)opts;
    return memcmp(p, start, len < n ? len : n) == 0;
}

/* May a request have this key, too? */
static bool
is_of_requests(const char *key, size_t len)
{
    static const char *const keys[] = {"url", "method", "id", "meta", "body"};

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (strlen(keys[i]) == len && memcmp(keys[i], key, len) == 0)
            return true;
    return false;
}

bool
files_is_results(const char *p, size_t len, bool any_first)
{
    static const char key_chars[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    size_t n = 0;

    for (; len > 0 && *p == '\n'; p++, len--)
        continue;
    if (len == 0 || (len == 1 && *p == '{') || begins_with(p, len, "{}"))
        return true;
    if (!begins_with(p, len, "{\""))
        return false;
    p += 2;
    len -= 2;
    while (n < len && memchr(key_chars, p[n], sizeof(key_chars) - 1))
        n++;
    if (n == len)
        return true; /* a run was killed within its first line */
    return p[n] == '"' && result_line_is_field(p, n) &&
           (any_first || !is_of_requests(p, n));
}

/* Output of a template and lines for people may look like anything.  Accept
 * any text file that is neither a web page nor a program. */
static bool
is_text(const char *p, size_t len)
{
    return !memchr(p, '\0', len) && !begins_with(p, len, "#!") &&
           !begins_with(p, len, "<");
}

/* With --resume each line is checked as it is read. */
static bool
is_results(const char *p, size_t len, const struct opts *opts)
{
    if (opts->resume)
        return true;
    if (opts->format_kind != FORMAT_JSON)
        return is_text(p, len);
    return files_is_results(p, len, opts->fields.n > 0);
}

/* Is it the beginning of a WARC file, possibly a truncated one, or of a
 * compressed file that may be one? output/warc_file looks inside. */
static bool
is_archive(const char *p, size_t len, const struct opts *opts)
{
    static const char plain[] = "WARC/", gz[] = "\x1f\x8b";
    size_t n = len < sizeof(plain) - 1 ? len : sizeof(plain) - 1;
    size_t ngz = len < sizeof(gz) - 1 ? len : sizeof(gz) - 1;

    (void)opts;
    return memcmp(p, plain, n) == 0 || memcmp(p, gz, ngz) == 0;
}

/* ------------------------------------------------------ which file it is */

/* Follow symbolic links at the end of a path to a file that does not exist
 * yet.  The caller frees the result. */
static char *
follow_links(const char *path)
{
    char *at = xstrdup(path);

    for (int i = 0; i < MAX_LINKS; i++) {
        char target[PATH_MAX];
        ssize_t n = readlink(at, target, sizeof(target) - 1);
        struct buf joined = BUF_INIT;

        if (n < 0)
            break;
        target[n] = '\0';
        if (target[0] != '/')
            buf_printf(&joined, "%s/", dirname(at));
        buf_printf(&joined, "%s", target);
        buf_addc(&joined, '\0');
        free(at);
        at = xstrdup(joined.data);
        buf_fini(&joined);
    }
    return at;
}

/* Do two paths to files that do not exist yet name the same file? */
static bool
is_same_new_file(const char *a, const char *b)
{
    char *pa = follow_links(a), *pb = follow_links(b);
    char *da = xstrdup(pa), *db = xstrdup(pb);
    struct stat sa, sb;
    bool is_same = strcmp(basename(pa), basename(pb)) == 0 &&
                   stat(dirname(da), &sa) == 0 && stat(dirname(db), &sb) == 0 &&
                   fs_is_same(&sa, &sb);

    free(pa);
    free(pb);
    free(da);
    free(db);
    return is_same;
}

/* Must no other option write to this file?  Several may write to a device, such
 * as a terminal. */
static bool
is_for_one(const struct stat *st)
{
    return S_ISREG(st->st_mode) || S_ISFIFO(st->st_mode);
}

static bool
is_same_file(const char *a, const char *b)
{
    struct stat sa, sb;
    bool is_there = stat(a, &sa) == 0;

    if (is_there != (stat(b, &sb) == 0))
        return false;
    if (!is_there)
        return is_same_new_file(a, b);
    return is_for_one(&sa) && fs_is_same(&sa, &sb);
}

/* --------------------------------------------------------------- checks */

static bool
is_descriptor(const char *path, int fd)
{
    struct stat st;

    return fs_is_open_as(path, fd, &st) && is_for_one(&st);
}

/* Is it the file of standard error?  False for a pipe, where lines follow each
 * other as on a terminal. */
static bool
is_file_of_messages(const char *path)
{
    struct stat st;

    return fs_is_open_as(path, STDERR_FILENO, &st) && S_ISREG(st.st_mode);
}

/* Is this file standard output, and do results go there because -o is not
 * given? */
static bool
is_stdout(const char *path, const struct opts *opts)
{
    return !opts->output && is_descriptor(path, STDOUT_FILENO);
}

/* Check that the shell's redirections write nothing else to the file.  A
 * summary may follow the messages. */
static int
check_redirections(const struct written *w, const struct opts *opts)
{
    bool has_results = w->path != opts->output && is_stdout(w->path, opts);
    bool has_messages =
        w->path != opts->summary_file && is_file_of_messages(w->path);

    if (!has_results && !has_messages)
        return 0;
    diag_error("%s: cannot write to '%s': the %s go there", w->option, w->path,
               has_results ? "results" : "messages");
    return -1;
}

/* Check the --since file: it is read during the whole run, so no option may
 * write to it. */
static int
check_since(const struct written *list, size_t n, const struct opts *opts)
{
    bool is_written = opts->since && is_stdout(opts->since, opts);

    for (size_t i = 0; opts->since && i < n; i++)
        is_written |= list[i].path && is_same_file(list[i].path, opts->since);
    if (!is_written)
        return 0;
    diag_error("--since: this run would write to '%s', which it reads; write "
               "to another file, and rename it afterwards",
               opts->since);
    return -1;
}

/* Read the first bytes of a file.  Returns how many, or -1. */
static ssize_t
read_head(const char *path, char head[HEAD_BYTES])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), err;
    ssize_t n;

    if (fd < 0)
        return -1;
    n = fs_pread(fd, head, HEAD_BYTES, 0);
    err = errno;
    close(fd);
    errno = err;
    return n;
}

/* Check that an existing file was written by fanfetch.  One that cannot be
 * written either is left to the option that writes it. */
static int
check_kind(const struct written *w, const struct opts *opts)
{
    char head[HEAD_BYTES];
    struct stat st;
    ssize_t n;

    if (stat(w->path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0 ||
        access(w->path, W_OK) != 0)
        return 0;
    n = read_head(w->path, head);
    if (n < 0 && w->path == opts->warc)
        return 0; /* output/warc_file tells it */
    if (n < 0) {
        diag_error("%s: '%s' exists and cannot be read, so it is left as it "
                   "is: %s",
                   w->option, w->path, strerror(errno));
        return -1;
    }
    if (w->is_ours(head, (size_t)n, opts))
        return 0;
    diag_error("%s: '%s' exists and does not hold %s, so it is left as it is; "
               "name another file or remove it",
               w->option, w->path, w->holds);
    return -1;
}

/* Check a file against those of the options before it. */
static int
check_others(const struct written *list, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (!list[k].path || !is_same_file(list[k].path, list[i].path))
            continue;
        diag_error("%s and %s would write to the same file, '%s'",
                   list[k].option, list[i].option, list[i].path);
        return -1;
    }
    return 0;
}

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
    char *end = follow_links(path), *copy = xstrdup(end);
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
    char *end = follow_links(results);

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
files_reserve(const struct opts *opts, struct store *store)
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

int
files_check(const struct opts *opts, const struct source *s)
{
    const struct written list[] = {
        {"-o/--output", opts->output, is_results, "results of fanfetch's"},
        {"-c/--cookie-jar", opts->cookie_jar, is_jar,
         "cookies in Netscape's format"},
        {"--trace", opts->trace, is_trace, "a trace of fanfetch's"},
        {"--summary", opts->summary_file, is_summary,
         "a summary of fanfetch's"},
        {"--report", opts->report, is_page, "a report of fanfetch's"},
        {"--warc", opts->warc, is_archive, "WARC records"},
    };

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        const struct written *w = &list[i];

        if (!w->path)
            continue;
        /* A list that is also the results file is already reported as
         * unreadable input. */
        if (w->path != opts->output && source_reads(s, w->path)) {
            diag_error("%s: '%s' is read, so nothing else can be written there",
                       w->option, w->path);
            return -1;
        }
        if (check_others(list, i) || check_redirections(w, opts) ||
            check_kind(w, opts))
            return -1;
    }
    return check_since(list, ARRAY_LEN(list), opts);
}
