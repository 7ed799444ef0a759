#include "app/files.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/file_kind.h"
#include "base/alloc.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/path.h"
#include "input/source.h"
#include "job/options.h"

/* How much of the beginning of a file is examined. */
#define HEAD_BYTES 4096

/* A file that an option would write. */
struct written {
    const char *option; /* as in messages */
    const char *path;   /* NULL: not asked for */
    /* May the file be overwritten?  NULL: it is checked elsewhere. */
    file_kind_test *is_ours;
    const char *holds; /* "results of fanfetch's" */
};

/* ------------------------------------------------------ which file it is */

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
        return path_is_same_new(a, b);
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
    diag_error("%s: cannot write to '%s': the %s go there; name another file",
               w->option, w->path, has_results ? "results" : "messages");
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
    if (!w->is_ours || w->is_ours(head, (size_t)n))
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
        diag_error(
            "%s and %s would write to the same file, '%s'; name two files",
            list[k].option, list[i].option, list[i].path);
        return -1;
    }
    return 0;
}

/* With --resume each line is checked as it is read. */
static file_kind_test *
results_test(const struct opts *opts)
{
    if (opts->resume)
        return NULL;
    if (opts->format_kind != FORMAT_JSON)
        return file_kind_is_text;
    return opts->fields.n > 0 ? file_kind_is_fields : file_kind_is_results;
}

/* Create the folder of a file that will be written.  Should that fail, the file
 * cannot be opened, which is reported then. */
static void
make_folder(const char *path)
{
    char *copy = xstrdup(path);

    (void)path_make_folders(dirname(copy));
    free(copy);
}

int
files_check(const struct opts *opts, const struct source *s)
{
    const struct written list[] = {
        {"-o/--output", opts->output, results_test(opts),
         "results of fanfetch's"},
        {"-c/--cookie-jar", opts->cookie_jar, file_kind_is_jar,
         "cookies in Netscape's format"},
        {"--trace", opts->trace, file_kind_is_trace, "a trace of fanfetch's"},
        {"--summary", opts->summary_file, file_kind_is_summary,
         "a summary of fanfetch's"},
        {"--report", opts->report, file_kind_is_page, "a report of fanfetch's"},
        {"--warc", opts->warc, file_kind_is_archive, "WARC records"},
    };

    for (size_t i = 0; i < ARRAY_LEN(list); i++) {
        const struct written *w = &list[i];

        if (!w->path)
            continue;
        /* A list that is also the results file is already reported as
         * unreadable input. */
        if (w->path != opts->output && source_reads(s, w->path)) {
            diag_error("%s: '%s' is an input of this run; name another file",
                       w->option, w->path);
            return -1;
        }
        if (opts->create_dirs)
            make_folder(w->path);
        if (check_others(list, i) || check_redirections(w, opts) ||
            check_kind(w, opts))
            return -1;
    }
    return check_since(list, ARRAY_LEN(list), opts);
}
