#include "output/resume_pass.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/diag.h"
#include "output/line_scan.h"

static int
refuse(const struct resume_pass *p, uint64_t line)
{
    diag_error("%s:%llu: not a result of fanfetch's, so the file is left as "
               "it is",
               p->path, (unsigned long long)line);
    return -1;
}

/* Report that the file cannot be read, by errno. */
static int
fail(const char *path)
{
    diag_error("cannot read '%s': %s", path, strerror(errno));
    return -1;
}

static int
take_line(struct resume_pass *p, struct span text, uint64_t number)
{
    struct resume_entry e = {.text = text};
    enum resume_line_kind kind = resume_line_read(text, &e.seen);

    if (kind == RESUME_LINE_OTHER)
        return refuse(p, number);
    e.is_result = kind == RESUME_LINE_RESULT;
    e.is_kept =
        e.is_result && !e.seen.is_aborted && (e.seen.is_ok || !p->retry_failed);
    return p->on_line(p->ctx, &e);
}

/* Handle the text behind the last newline.  Editors and scripts leave a result
 * without its newline; fetching that again might send a POST twice. */
static int
take_rest(struct resume_pass *p, const struct line_scan *scan)
{
    struct resume_line seen;

    p->is_bare = resume_line_read(scan->rest, &seen) == RESUME_LINE_RESULT;
    p->is_torn = scan->rest.len > 0 && !p->is_bare;
    return p->is_bare ? take_line(p, scan->rest, scan->line + 1) : 0;
}

int
resume_pass_open(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    return fd >= 0 ? fd : fail(path);
}

int
resume_pass_run(struct resume_pass *p)
{
    struct line_scan scan = {.fd = p->fd, .begins = resume_line_begins};
    enum line_scan_status status = LINE_SCAN_END;
    struct span line;
    int ret = 0;

    while (ret == 0 &&
           (status = line_scan_next(&scan, &line)) == LINE_SCAN_LINE)
        ret = take_line(p, line, scan.line);
    if (ret == 0 && status == LINE_SCAN_FAILED)
        ret = fail(p->path);
    else if (ret == 0 && status == LINE_SCAN_OTHER)
        ret = refuse(p, 1);
    p->whole = scan.whole;
    if (ret == 0)
        ret = take_rest(p, &scan);
    line_scan_fini(&scan);
    return ret;
}
