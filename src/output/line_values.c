#include "output/line_values.h"

#include <string.h>

#include "base/clock.h"
#include "base/json_writer.h"
#include "base/redact.h"
#include "job/options.h"

void
line_put_null(const struct line *l)
{
    JSONW_LITERAL(l->out, "null");
}

/* Write a string, where "" means unknown. */
void
line_put_known(const struct line *l, const char *s)
{
    if (s[0] == '\0')
        line_put_null(l);
    else
        jsonw_string(l->out, s);
}

/* Write a number, where 0 means unknown. */
void
line_put_nonzero(const struct line *l, int n)
{
    if (n == 0)
        line_put_null(l);
    else
        jsonw_int(l->out, n);
}

/* Write a URL without secrets. */
void
line_put_url(const struct line *l, const char *url, size_t len)
{
    struct buf redacted = BUF_INIT;

    /* The usual case: without userinfo nothing is hidden, and no allocation is
     * needed. */
    if (l->opts->show_secrets || len == 0 || !memchr(url, '@', len)) {
        jsonw_string_n(l->out, url, len);
        return;
    }
    redact_url(&redacted, url, len);
    jsonw_string_n(l->out, redacted.data, redacted.len);
    buf_fini(&redacted);
}

void
line_put_url_or_null(const struct line *l, const char *url)
{
    if (!url)
        line_put_null(l);
    else
        line_put_url(l, url, strlen(url));
}

/* Write an error's message, which may contain URLs. */
void
line_put_message(const struct line *l, const char *text)
{
    struct buf redacted = BUF_INIT;

    if (l->opts->show_secrets) {
        jsonw_string_n(l->out, text, strlen(text));
        return;
    }
    redact_text(&redacted, text);
    jsonw_string_n(l->out, redacted.data, redacted.len);
    buf_fini(&redacted);
}

/* Write a wall clock time, where -1 means unknown. */
void
line_put_moment(const struct line *l, int64_t wall_us)
{
    char text[CLOCK_TEXT];

    if (wall_us < 0) {
        line_put_null(l);
        return;
    }
    clock_format(wall_us, text);
    JSONW_LITERAL(l->out, "\"");
    jsonw_raw(l->out, text, CLOCK_TEXT - 1);
    JSONW_LITERAL(l->out, "\"");
}
