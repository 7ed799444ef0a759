#include "base/diag.h"

#include "base/buf.h"
#include "base/fs.h"
#include "base/json_writer.h"
#include "base/term.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

/*
 * Write the whole line with one write(2), so that lines of several threads and
 * processes do not mix.  Escape all of it again: that changes nothing where
 * the caller has already escaped, and a forgotten newline cannot fake a line.
 */
static void PRINTF_LIKE(2, 0)
    print(const char *kind, const char *fmt, va_list args)
{
    int saved_errno = errno;
    struct buf text = BUF_INIT, line = BUF_INIT;
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (len < 0)
        goto out;

    vsnprintf(buf_reserve(&text, (size_t)len + 1), (size_t)len + 1, fmt, args);
    text.len = (size_t)len;
    while (text.len > 0 && text.data[text.len - 1] == '\n')
        text.len--;

    /* Always erase a status line, so that no caller has to know whether one is
     * shown. */
    if (term_is_capable(STDERR_FILENO))
        buf_addstr(&line, TERM_ERASE);
    buf_addstr(&line, "fanfetch: ");
    buf_addstr(&line, kind);
    diag_escape(&line, text.data, text.len);
    buf_addc(&line, '\n');
    /* If this fails there is nowhere left to report it. */
    (void)!fs_write_all(STDERR_FILENO, line.data, line.len);

out:
    buf_fini(&line);
    buf_fini(&text);
    errno = saved_errno;
}

void
diag_error(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    print("error: ", fmt, args);
    va_end(args);
}

void
diag_warn(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    print("warning: ", fmt, args);
    va_end(args);
}

void
diag_note(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    print("", fmt, args);
    va_end(args);
}

void
diag_escape(struct buf *out, const char *s, size_t len)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t i = 0;

    while (i < len) {
        size_t n = utf8_char(p + i, len - i);

        if (n == 0)
            buf_printf(out, "\\x%02x", p[i]);
        else if (jsonw_is_hazard(p + i, n))
            jsonw_escape(out, p + i, n);
        else
            buf_add(out, s + i, n);
        i += n ? n : 1;
    }
}
