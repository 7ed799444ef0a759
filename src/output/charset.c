#include "output/charset.h"

#include "base/json_writer.h"
#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

/* Longest label in the table, and NUL. */
#define LABEL_BYTES 20

struct charset {
    const char label[LABEL_BYTES]; /* as declared, lower case */
    const char *name;              /* as iconv(3) knows it */
    size_t unit;                   /* bytes to skip where they make no sense */
};

/*
 * The charsets of the web (those of the WHATWG's Encoding Standard), and no
 * others: which converter runs over hostile bytes must not be the server's
 * free choice among the hundreds that a C library has.  Where practice has
 * widened a charset under its old name, the name stands for the wide one.
 * US-ASCII is not there, and so is read as UTF-8, for the same reason.
 */
static const struct charset charsets[] = {
    {"big5", "BIG5-HKSCS", 1},
    {"big5-hkscs", "BIG5-HKSCS", 1},
    {"cp1250", "CP1250", 1},
    {"cp1251", "CP1251", 1},
    {"cp1252", "CP1252", 1},
    {"cp866", "CP866", 1},
    {"euc-jp", "EUC-JP", 1},
    {"euc-kr", "CP949", 1},
    {"gb18030", "GB18030", 1},
    {"gb2312", "GBK", 1},
    {"gbk", "GBK", 1},
    {"ibm866", "CP866", 1},
    {"iso-2022-jp", "ISO-2022-JP", 1},
    {"iso-8859-1", "ISO-8859-1", 1},
    {"iso-8859-2", "ISO-8859-2", 1},
    {"iso-8859-3", "ISO-8859-3", 1},
    {"iso-8859-4", "ISO-8859-4", 1},
    {"iso-8859-5", "ISO-8859-5", 1},
    {"iso-8859-6", "ISO-8859-6", 1},
    {"iso-8859-7", "ISO-8859-7", 1},
    {"iso-8859-8", "ISO-8859-8", 1},
    {"iso-8859-9", "ISO-8859-9", 1},
    {"iso-8859-10", "ISO-8859-10", 1},
    {"iso-8859-11", "CP874", 1},
    {"iso-8859-13", "ISO-8859-13", 1},
    {"iso-8859-14", "ISO-8859-14", 1},
    {"iso-8859-15", "ISO-8859-15", 1},
    {"iso-8859-16", "ISO-8859-16", 1},
    {"iso8859-1", "ISO-8859-1", 1},
    {"koi8-r", "KOI8-R", 1},
    {"koi8-u", "KOI8-U", 1},
    {"ks_c_5601-1987", "CP949", 1},
    {"latin1", "ISO-8859-1", 1},
    {"macintosh", "MACINTOSH", 1},
    {"shift-jis", "CP932", 1},
    {"shift_jis", "CP932", 1},
    {"sjis", "CP932", 1},
    {"tis-620", "CP874", 1},
    {"utf-16", "UTF-16", 2},
    {"utf-16be", "UTF-16BE", 2},
    {"utf-16le", "UTF-16LE", 2},
    {"windows-1250", "CP1250", 1},
    {"windows-1251", "CP1251", 1},
    {"windows-1252", "CP1252", 1},
    {"windows-1253", "CP1253", 1},
    {"windows-1254", "CP1254", 1},
    {"windows-1255", "CP1255", 1},
    {"windows-1256", "CP1256", 1},
    {"windows-1257", "CP1257", 1},
    {"windows-1258", "CP1258", 1},
    {"windows-31j", "CP932", 1},
    {"windows-874", "CP874", 1},
    {"windows-949", "CP949", 1},
    {"x-gbk", "GBK", 1},
    {"x-sjis", "CP932", 1},
};

static const char *
skip_blanks(const char *s)
{
    while (*s == ' ' || *s == '\t')
        s++;
    return s;
}

/*
 * Copy the parameter value at s, quoted or not, in lower case; returns what
 * follows.  One that is too long for the label of any charset becomes "".
 */
static const char *
copy_value(const char *s, char label[LABEL_BYTES])
{
    bool is_quoted = *s == '"';
    size_t n = 0;

    if (is_quoted)
        s++;
    while (*s != '\0' && (is_quoted ? *s != '"' : !strchr("; \t", *s))) {
        if (is_quoted && *s == '\\' && s[1] != '\0')
            s++;
        if (n < LABEL_BYTES)
            label[n++] = *s >= 'A' && *s <= 'Z' ? (char)(*s | 0x20) : *s;
        s++;
    }
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
    while (s != NULL) {
        s = skip_blanks(s + 1);
        if (strncasecmp(s, "charset=", 8) == 0) {
            copy_value(s + 8, label);
            return;
        }
        /* Another one: step over its value, which may hold a semicolon. */
        s += strcspn(s, "=;");
        if (*s == '=')
            s = copy_value(s + 1, other);
        s = strchr(s, ';');
    }
}

/* The charset to convert from, NULL where that is UTF-8. */
static const struct charset *
find_charset(const char *content_type)
{
    char label[LABEL_BYTES];

    if (content_type == NULL)
        return NULL;
    find_label(content_type, label);
    for (size_t i = 0; i < ARRAY_LEN(charsets); i++) {
        if (strcmp(charsets[i].label, label) == 0)
            return &charsets[i];
    }
    return NULL;
}

/* Write len bytes between the quotes, as far as they make sense. */
static void
convert(struct buf *out, iconv_t cd, const struct charset *cs, char *in,
        size_t left)
{
    char chunk[4096]; /* iconv() never cuts a character */
    bool is_first = true, is_over = false;

    while (!is_over) {
        const char *text = chunk;
        char *p = chunk;
        size_t room = sizeof(chunk);
        size_t rc, len;

        /* With nothing left, what the converter holds back comes out. */
        is_over = left == 0;
        rc = iconv(cd, is_over ? NULL : &in, &left, &p, &room);
        len = sizeof(chunk) - room;
        if (is_first)
            text = utf8_skip_mark(chunk, &len);
        is_first = false;
        jsonw_text(out, text, len);
        if (rc != (size_t)-1 || errno == E2BIG)
            continue;
        JSONW_LITERAL(out, JSONW_REPLACEMENT);
        if (errno == EINVAL || left < cs->unit) {
            left = 0; /* the last character is incomplete */
            continue;
        }
        in += cs->unit;
        left -= cs->unit;
    }
}

void
charset_write(struct buf *out, const char *content_type, const char *data,
              size_t len)
{
    const struct charset *cs = find_charset(content_type);
    iconv_t cd = (iconv_t)-1;

    if (cs != NULL)
        cd = iconv_open("UTF-8", cs->name);
    if (cd == (iconv_t)-1) {
        data = utf8_skip_mark(data, &len);
        jsonw_string_n(out, data, len);
        return;
    }
    JSONW_LITERAL(out, "\"");
    convert(out, cd, cs, (char *)data, len);
    JSONW_LITERAL(out, "\"");
    iconv_close(cd);
}
