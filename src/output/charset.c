#include "output/charset.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/json_writer.h"
#include "base/utf8.h"
#include "output/charset_decode.h"
#include "output/charset_tables.h"

#define LABEL_BYTES CHARSET_LABEL_BYTES

static const char *
skip_blanks(const char *s)
{
    while (ascii_is_blank(*s))
        s++;
    return s;
}

/*
 * Copy the parameter value at s, quoted or not, in lower case and without the
 * blanks around it.  Returns the text behind it.  A value longer than any
 * charset's label becomes "".
 */
static const char *
copy_value(const char *s, char label[LABEL_BYTES])
{
    bool is_quoted;
    size_t n = 0;

    s = skip_blanks(s);
    is_quoted = *s == '"';
    if (is_quoted)
        s = skip_blanks(s + 1);
    while (*s != '\0' && (is_quoted ? *s != '"' : !strchr("; \t", *s))) {
        if (is_quoted && *s == '\\' && s[1] != '\0')
            s++;
        if (n < LABEL_BYTES)
            label[n++] = ascii_lower(*s);
        s++;
    }
    while (n > 0 && n < LABEL_BYTES && ascii_is_blank(label[n - 1]))
        n--;
    label[n < LABEL_BYTES ? n : 0] = '\0';
    return is_quoted && *s == '"' ? s + 1 : s;
}

/* The charset parameter in lower case, "" where there is none. */
static void
find_label(const char *content_type, char label[LABEL_BYTES])
{
    const char *s = strchr(content_type, ';');
    char other[LABEL_BYTES];

    label[0] = '\0';
    while (s) {
        s = skip_blanks(s + 1);
        if (strncasecmp(s, "charset=", 8) == 0) {
            copy_value(s + 8, label);
            return;
        }
        /* Skip another parameter's value, which may contain a semicolon. */
        s += strcspn(s, "=;");
        if (*s == '=')
            s = copy_value(s + 1, other);
        s = strchr(s, ';');
    }
}

static int
compare_label(const void *label, const void *row)
{
    return strcmp(label, ((const struct charset_label *)row)->text);
}

/* The declared charset; UTF-8 if it is missing or unknown. */
static unsigned
declared_charset(const char *content_type)
{
    const struct charset_label *row;
    char label[LABEL_BYTES];

    if (!content_type)
        return CHARSET_UTF_8;
    find_label(content_type, label);
    row = bsearch(label, charset_labels, charset_nlabels,
                  sizeof(charset_labels[0]), compare_label);
    return row ? row->charset : CHARSET_UTF_8;
}

/* Returns the length of a byte order mark, or 0.  A mark is more reliable than
 * the server, which may declare one charset for all files. */
static size_t
find_mark(const char *data, size_t len, unsigned *charset)
{
    static const struct {
        char bytes[4];
        size_t len;
        enum charset charset;
    } rows[] = {
        {UTF8_MARK, 3, CHARSET_UTF_8},
        {"\xfe\xff", 2, CHARSET_UTF_16BE},
        {"\xff\xfe", 2, CHARSET_UTF_16LE},
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (len >= rows[i].len && !memcmp(data, rows[i].bytes, rows[i].len)) {
            *charset = rows[i].charset;
            return rows[i].len;
        }
    }
    return 0;
}

void
charset_write(struct buf *out, const char *content_type, const char *data,
              size_t len)
{
    unsigned charset = declared_charset(content_type);
    size_t mark = find_mark(data, len, &charset);

    data += mark;
    len -= mark;
    JSONW_LITERAL(out, "\"");
    if (charset == CHARSET_UTF_8 && utf8_valid(data, len))
        jsonw_text(out, data, len);
    else
        charset_decode(out, charset, (const unsigned char *)data, len);
    JSONW_LITERAL(out, "\"");
}
