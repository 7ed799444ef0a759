#include "report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/replace.h"
#include "base/term.h"
#include "job/job.h"
#include "job/options.h"
#include "report/page.h"
#include "report/summary.h"
#include "report/tally.h"

/* How long the summary waits for its reader, if that reads nothing. */
#define READER_MS 2000

struct report {
    struct tally tally;
    struct progress *progress;
    struct summary *summary; /* NULL: it is not needed */
    struct page *page;       /* --report; NULL: not asked for */
    const char *page_path;   /* the same */
    bool is_asked_for;       /* --summary */
    bool tells_change;       /* --since */
    const char *path;        /* of the summary's file; NULL: standard error */
    int fd;                  /* the same */
    bool is_file;            /* it is a regular one: replaced as a whole */
    int64_t started_us, started_wall_us;
};

/* Report why the summary cannot be written. */
static void
report_failure(const struct report *r, const char *why)
{
    if (r->path)
        diag_error("cannot write the summary to '%s': %s", r->path, why);
    else
        diag_error("cannot write the summary: %s", why);
}

/* Open the summary's file, whose content stays until there is a new one. */
static int
open_file(struct report *r)
{
    struct stat st, err;

    /* With O_NONBLOCK a pipe without a reader is an error instead of an
     * endless wait. */
    r->fd = open(r->path,
                 O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
    if (r->fd < 0 || fstat(r->fd, &st) != 0) {
        report_failure(r,
                       errno == ENXIO ? "it has no reader" : strerror(errno));
        return -1;
    }
    r->is_file = S_ISREG(st.st_mode);
    if (r->is_file && fstat(STDERR_FILENO, &err) == 0 &&
        fs_is_same(&st, &err)) { /* it has the messages, too */
        close(r->fd);
        r->fd = STDERR_FILENO;
        r->is_file = false;
    }
    return 0;
}

/* Say why the page can't be written. */
static void
report_page_failure(const struct report *r)
{
    diag_error("cannot write the report to '%s': %s", r->page_path,
               errno == ENXIO ? "it has no reader" : strerror(errno));
}

struct report *
report_new(const struct opts *opts)
{
    struct report *r = xcalloc(1, sizeof(*r));

    r->fd = STDERR_FILENO;
    r->path = opts->summary_file;
    r->started_us = clock_now_us();
    r->started_wall_us = clock_wall_us();
    if (r->path && open_file(r) != 0) {
        report_free(r);
        return NULL;
    }
    r->page_path = opts->report;
    if (r->page_path && replace_check(r->page_path) != 0) {
        report_page_failure(r);
        report_free(r);
        return NULL;
    }
    r->progress = progress_new(opts);
    r->is_asked_for = opts->summary;
    r->tells_change = opts->since != NULL;
    if (r->page_path)
        r->page = page_new(opts);
    if (r->is_asked_for || r->page || progress_is_live(r->progress))
        r->summary = summary_new();
    if (r->page)
        summary_keep_host_times(r->summary);
    return r;
}

void
report_free(struct report *r)
{
    if (!r)
        return;
    if (r->fd > STDERR_FILENO)
        close(r->fd);
    progress_free(r->progress);
    page_free(r->page);
    summary_free(r->summary);
    free(r);
}

void
report_add(struct report *r, const struct job *j)
{
    tally_add(&r->tally, &j->res);
    if (r->summary)
        summary_add(r->summary, j);
    if (r->page)
        page_add(r->page, j, r->started_us);
}

static struct progress_facts *
fill_in(const struct report *r, struct progress_facts *f)
{
    f->tally = &r->tally;
    f->elapsed_us = clock_now_us() - r->started_us;
    return f;
}

int64_t
report_interval_us(const struct report *r)
{
    return progress_interval_us(r->progress);
}

void
report_draw(struct report *r, struct progress_facts *f)
{
    progress_draw(r->progress, fill_in(r, f));
}

bool
report_hide(struct report *r)
{
    return progress_hide(r->progress);
}

void
report_print(struct report *r, struct progress_facts *f)
{
    progress_print(r->progress, fill_in(r, f));
}

static int
replace_content(const struct report *r, const struct buf *text)
{
    int ret = replace_or_overwrite(r->path, 0666, text);

    if (ret != 0)
        report_failure(r, strerror(errno));
    return ret;
}

/* Write text and close the file, since some errors appear only then. */
static int
write_text(struct report *r, const struct buf *text)
{
    int fd = r->fd;

    if (r->is_file && replace_content(r, text) != 0)
        return -1;
    if (!r->is_file &&
        fs_write_to_reader(fd, text->data, text->len, READER_MS) != 0) {
        report_failure(r, errno == ETIMEDOUT ? "its reader does not read"
                                             : strerror(errno));
        return -1;
    }
    if (fd == STDERR_FILENO)
        return 0;
    r->fd = -1;
    if (close(fd) != 0 && errno != EINTR) {
        report_failure(r, strerror(errno));
        return -1;
    }
    return 0;
}

/* Print the summary in place of the status line, if it goes to a terminal. */
static void
draw_summary(const struct report *r, const struct summary_end *end)
{
    struct buf text = BUF_INIT;
    int ret;

    summary_write_text(r->summary, end, term_width(STDERR_FILENO),
                       term_has_colors(STDERR_FILENO), &text);
    ret = fs_write_to_reader(STDERR_FILENO, text.data, text.len, READER_MS);
    (void)ret; /* if it fails there is nowhere left to report it */
    buf_fini(&text);
}

static int
write_summary(struct report *r, const struct summary_end *end)
{
    struct buf text = BUF_INIT;
    int ret;

    summary_write_json(r->summary, end, &text);
    ret = write_text(r, &text);
    buf_fini(&text);
    return ret;
}

/* Print the summary as text, as JSON, as both or not at all. */
static int
tell_summary(struct report *r, const struct summary_end *end)
{
    bool to_terminal = r->is_asked_for && !r->path && isatty(STDERR_FILENO);

    if (to_terminal || progress_was_drawn(r->progress))
        draw_summary(r, end);
    return r->is_asked_for && !to_terminal ? write_summary(r, end) : 0;
}

static int
write_page(struct report *r, const struct summary_end *end)
{
    struct buf text = BUF_INIT;
    int ret;

    page_write(r->page, r->summary, end, &text);
    ret = replace_or_overwrite(r->page_path, 0666, &text);
    if (ret != 0)
        report_page_failure(r);
    buf_fini(&text);
    return ret;
}

int
report_end(struct report *r, struct progress_facts *f,
           uint64_t connections_opened, const struct summary_limit *limit)
{
    struct summary_end end;
    int ret = 0;

    progress_end(r->progress, fill_in(r, f));
    end = (struct summary_end){
        .started_wall_us = r->started_wall_us,
        .ended_wall_us = clock_wall_us(),
        .elapsed_us = f->elapsed_us,
        .connections_opened = connections_opened,
        .nskipped = f->nskipped,
        .tells_change = r->tells_change,
        .was_stopped = f->is_stopping,
        .limit = *limit,
    };
    if (r->page)
        ret = write_page(r, &end);
    return tell_summary(r, &end) || ret ? -1 : 0;
}
