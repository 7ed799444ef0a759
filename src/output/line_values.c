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
    if (l->opts->show_secrets || len == 0 || memchr(url, '@', len) == NULL) {
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
    if (url == NULL)
        line_put_null(l);
    else
        line_put_url(l, url, strlen(url));
}

static bool
is_scheme_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/*
 * Where the next URL in text may begin: behind an opening quote, or at the
 * scheme before "://".  Returns len if there is none.
 */
static size_t
next_url(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        size_t start = i;

        if (text[i] == '\'' && (i == 0 || text[i - 1] == ' '))
            return i + 1;
        if (len - i < 3 || memcmp(text + i, "://", 3) != 0)
            continue;
        while (start > 0 && is_scheme_char(text[start - 1]))
            start--;
        if (start > 0)
            return start;
    }
    return len;
}

/* Write an error's message, which may contain URLs. */
void
line_put_message(const struct line *l, const char *text)
{
    struct buf redacted = BUF_INIT;
    size_t left = strlen(text);

    if (l->opts->show_secrets || strchr(text, '@') == NULL) {
        jsonw_string_n(l->out, text, left);
        return;
    }
    while (left > 0) {
        size_t n = next_url(text, left);

        redact_url(&redacted, text, n);
        text += n;
        left -= n;
    }
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
