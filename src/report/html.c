#include "report/html.h"

#include <string.h>

#include "base/buf.h"
#include "base/json_writer.h"
#include "base/utf8.h"

/* The reference that stands for a character, NULL: it stands for itself. */
static const char *
reference_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Append one character, or a byte that is not part of one.  Returns its length.
 */
static size_t
put_char(struct buf *out, const unsigned char *s, size_t n)
{
    size_t len = utf8_char(s, n);
    const char *reference = reference_of((char)*s);

    if (len == 0) {
        buf_addstr(out, JSONW_REPLACEMENT);
        return 1;
    }
    if (reference)
        buf_addstr(out, reference);
    else if (jsonw_is_hazard(s, len))
        jsonw_escape(out, s, len);
    else
        buf_add(out, s, len);
    return len;
}

void
html_text(struct buf *out, const char *s)
{
    size_t len = strlen(s);

    for (size_t i = 0; i < len;)
        i += put_char(out, (const unsigned char *)s + i, len - i);
}

void
html_json(struct buf *out, const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (s[i] == '<' || s[i] == '>' || s[i] == '&')
            buf_printf(out, "\\u%04x", (unsigned)s[i]);
        else
            buf_addc(out, s[i]);
    }
}
