#include "base/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/json_writer.h"
#include "base/term.h"
#include "base/utf8.h"

/* How long a message waits for the reader of stderr.  The reader may be
 * stopped, and the control thread must go on. */
#define READER_MS 1000

/* Messages left out since the last one that was written. */
static atomic_uint nleft_out;

/* Write a line, unless nobody reads stderr.  After a message has waited in
 * vain, later ones do not wait until one was written. */
static void
put(const struct buf *line)
{
    unsigned n = atomic_exchange(&nleft_out, 0);
    struct buf text = BUF_INIT;

    if (n > 0)
        buf_printf(&text,
                   "fanfetch: warning: %u message%s left out: the reader of "
                   "standard error was too slow\n",
                   n, n == 1 ? "" : "s");
    buf_add(&text, line->data, line->len);
    /* If this fails there is nowhere left to report it. */
    if (fs_write_to_reader(STDERR_FILENO, text.data, text.len,
                           n > 0 ? 0 : READER_MS) != 0 &&
        errno == ETIMEDOUT)
        atomic_fetch_add(&nleft_out, n + 1);
    buf_fini(&text);
}

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
    put(&line);

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
