#include "output/line_scan.h"

#include <string.h>
#include <unistd.h>

#define READ_BYTES (256 * 1024)

void
line_scan_fini(struct line_scan *s)
{
    buf_fini(&s->in);
}

/* A line that begins with a zero was never written as a whole, and may have
 * gigabytes of zeros.  Keep its first byte alone. */
static void
drop_zeros(struct line_scan *s)
{
    size_t n = s->in.len - s->done;

    if (n < 2 || s->in.data[s->done] != '\0')
        return;
    s->dropped += (off_t)n - 1;
    s->in.len = s->done + 1;
}

/* Read more.  Returns 0 at the end of the file, -1 on error (errno). */
static ssize_t
read_more(struct line_scan *s)
{
    ssize_t n;

    drop_zeros(s);
    buf_consume(&s->in, s->done);
    s->done = 0;
    s->scanned = s->in.len;
    n = pread(s->fd, buf_reserve(&s->in, READ_BYTES), READ_BYTES, s->read_at);
    if (n > 0) {
        s->read_at += n;
        s->in.len += (size_t)n;
    }
    return n;
}

/* Is the first line, of which the buffer has n bytes, none of those wanted? */
static bool
is_other(const struct line_scan *s, size_t n)
{
    return s->line == 0 && s->begins && n > 0 && !s->begins(s->in.data, n);
}

enum line_scan_status
line_scan_next(struct line_scan *s, struct span *line)
{
    char *end;
    ssize_t n;

    while (s->in.len == s->scanned ||
           !(end = memchr(s->in.data + s->scanned, '\n',
                          s->in.len - s->scanned))) {
        if (is_other(s, s->in.len))
            return LINE_SCAN_OTHER;
        n = read_more(s);
        if (n < 0)
            return LINE_SCAN_FAILED;
        if (n == 0) {
            s->rest = (struct span){s->in.data, s->in.len};
            return LINE_SCAN_END;
        }
    }
    *line = (struct span){s->in.data + s->done,
                          (size_t)(end - s->in.data) - s->done};
    if (is_other(s, line->len))
        return LINE_SCAN_OTHER;
    s->line++;
    s->at = s->whole;
    s->whole += (off_t)line->len + 1 + s->dropped;
    s->dropped = 0;
    s->done += line->len + 1;
    s->scanned = s->done;
    return LINE_SCAN_LINE;
}
