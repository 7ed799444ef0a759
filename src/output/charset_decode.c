#include "output/charset_decode.h"

#include "base/buf.h"
#include "base/json_writer.h"
#include "base/utf8.h"
#include "output/charset_tables.h"

/*
 * Each decoder is the one of that name in the standard
 * (encoding.spec.whatwg.org, 8 to 14), except that it looks ahead where the
 * standard keeps a state, since all bytes are available.  A decoder that finds
 * no character returns ERROR and sets *at behind the invalid bytes: behind the
 * lead byte if an ASCII byte follows, which is kept.
 */

#define ERROR       UINT32_MAX
#define NOTHING     (UINT32_MAX - 1) /* no character, and no error */
#define REPLACEMENT 0xfffd

/* Bytes read one character at a time. */
struct bytes {
    const unsigned char *at, *end;
};

/* Text to be appended: whole characters of UTF-8. */
struct text {
    struct buf *out;
    size_t len;
    char chunk[4096];
};

static void
flush(struct text *t)
{
    jsonw_text(t->out, t->chunk, t->len);
    t->len = 0;
}

static void
put(struct text *t, uint32_t code)
{
    if (sizeof(t->chunk) - t->len < 4)
        flush(t);
    t->len += utf8_encode(code, t->chunk + t->len);
}

static bool
is_in(unsigned byte, unsigned first, unsigned last)
{
    return byte >= first && byte <= last;
}

/* The code point at a pointer of an index, or ERROR. */
static uint32_t
look_up(const struct charset_index *index, size_t pointer)
{
    uint32_t code = pointer < index->ncodes ? index->codes[pointer] : 0;

    return code ? code : ERROR;
}

/* The second byte fits no first one: it is invalid too, unless it is ASCII. */
static uint32_t
reject_pair(struct bytes *b)
{
    if (*b->at >= 0x80)
        b->at++;
    return ERROR;
}

/* ------------------------------------------------------------------- UTF-8 */

/* The Unicode Standard's "maximal subpart": one error for all bytes that form
 * the beginning of a character. */
static uint32_t
read_utf8(struct bytes *b)
{
    unsigned lead = *b->at++, low = 0x80, high = 0xbf, more;
    uint32_t code;

    if (lead < 0x80)
        return lead;
    if (!is_in(lead, 0xc2, 0xf4))
        return ERROR;
    more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    code = lead & (0x3f >> more);
    if (lead == 0xe0)
        low = 0xa0;
    else if (lead == 0xed)
        high = 0x9f;
    else if (lead == 0xf0)
        low = 0x90;
    else if (lead == 0xf4)
        high = 0x8f;
    for (; more > 0; more--) {
        if (b->at == b->end || !is_in(*b->at, low, high))
            return ERROR;
        code = code << 6 | (*b->at++ & 0x3f);
        low = 0x80;
        high = 0xbf;
    }
    return code;
}

/* ------------------------------------------------------------------ UTF-16 */

static unsigned
unit_at(const unsigned char *p, bool is_be)
{
    return is_be ? (unsigned)(p[0] << 8 | p[1]) : (unsigned)(p[1] << 8 | p[0]);
}

static uint32_t
read_utf16(struct bytes *b, bool is_be)
{
    unsigned unit, trail;

    if (b->end - b->at < 2) {
        b->at = b->end;
        return ERROR;
    }
    unit = unit_at(b->at, is_be);
    b->at += 2;
    if (!is_in(unit, 0xd800, 0xdfff))
        return unit;
    if (unit >= 0xdc00)
        return ERROR;
    if (b->end - b->at < 2) {
        b->at = b->end;
        return ERROR;
    }
    trail = unit_at(b->at, is_be);
    if (!is_in(trail, 0xdc00, 0xdfff))
        return ERROR;
    b->at += 2;
    return 0x10000 + ((unit - 0xd800) << 10) + (trail - 0xdc00);
}

/* ----------------------------------------------------------------- Chinese */

/* The code point of a code of four bytes. */
static uint32_t
range_code(uint32_t pointer)
{
    size_t low = 0, high = charset_gb18030_nranges;

    if (is_in(pointer, 39420, 188999) || pointer > 1237575)
        return ERROR;
    if (pointer == 7457)
        return 0xe7c7;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (charset_gb18030_ranges[middle].pointer <= pointer)
            low = middle;
        else
            high = middle;
    }
    return charset_gb18030_ranges[low].code + pointer -
           charset_gb18030_ranges[low].pointer;
}

/* Read the two bytes behind a lead byte and a digit.  If they form no
 * character, only the lead is invalid; at the end of the text, all of it. */
static uint32_t
read_gb18030_four(struct bytes *b, unsigned lead)
{
    const unsigned char *p = b->at;

    if (b->end - p < 3) {
        if (b->end - p == 1 || is_in(p[1], 0x81, 0xfe))
            b->at = b->end;
        return ERROR;
    }
    if (!is_in(p[1], 0x81, 0xfe) || !is_in(p[2], 0x30, 0x39))
        return ERROR;
    b->at += 3;
    return range_code(((lead - 0x81) * 10 + p[0] - 0x30) * 1260 +
                      (p[1] - 0x81) * 10U + p[2] - 0x30);
}

static uint32_t
read_gb18030(struct bytes *b)
{
    unsigned lead = *b->at++, byte;
    uint32_t code = ERROR;

    if (lead < 0x80)
        return lead;
    if (lead == 0x80)
        return 0x20ac;
    if (lead == 0xff || b->at == b->end)
        return ERROR;
    byte = *b->at;
    if (is_in(byte, 0x30, 0x39))
        return read_gb18030_four(b, lead);
    if (is_in(byte, 0x40, 0x7e) || is_in(byte, 0x80, 0xfe))
        code = look_up(&charset_gb18030, (lead - 0x81) * 190 + byte -
                                             (byte < 0x7f ? 0x40 : 0x41));
    if (code == ERROR)
        return reject_pair(b);
    b->at++;
    return code;
}

/* Pointers that stand for two code points: a letter and its mark. */
static bool
put_big5_pair(struct text *t, size_t pointer)
{
    if (pointer != 1133 && pointer != 1135 && pointer != 1164 &&
        pointer != 1166)
        return false;
    put(t, pointer < 1164 ? 0xca : 0xea);
    put(t, pointer == 1133 || pointer == 1164 ? 0x304 : 0x30c);
    return true;
}

static uint32_t
read_big5(struct bytes *b, struct text *t)
{
    unsigned lead = *b->at++, byte;
    uint32_t code = ERROR;
    size_t pointer = 0;

    if (lead < 0x80)
        return lead;
    if (!is_in(lead, 0x81, 0xfe) || b->at == b->end)
        return ERROR;
    byte = *b->at;
    if (is_in(byte, 0x40, 0x7e) || is_in(byte, 0xa1, 0xfe)) {
        pointer = (lead - 0x81) * 157 + byte - (byte < 0x7f ? 0x40 : 0x62);
        if (put_big5_pair(t, pointer)) {
            b->at++;
            return NOTHING;
        }
        code = look_up(&charset_big5, pointer);
    }
    if (code == ERROR)
        return reject_pair(b);
    b->at++;
    if (charset_big5_plane2[pointer / 8] >> pointer % 8 & 1)
        code += 0x20000;
    return code;
}

/* ---------------------------------------------------- Japanese and Korean */

static uint32_t
look_up_94(const struct charset_index *index, unsigned lead, unsigned byte)
{
    return look_up(index, (lead - 0xa1) * 94 + byte - 0xa1);
}

static uint32_t
read_euc_jp(struct bytes *b)
{
    const struct charset_index *index = &charset_jis0208;
    unsigned lead = *b->at++;
    uint32_t code = ERROR;

    if (lead < 0x80)
        return lead;
    if ((lead != 0x8e && lead != 0x8f && !is_in(lead, 0xa1, 0xfe)) ||
        b->at == b->end)
        return ERROR;
    if (lead == 0x8e && is_in(*b->at, 0xa1, 0xdf))
        return 0xff61 - 0xa1 + *b->at++;
    if (lead == 0x8f && is_in(*b->at, 0xa1, 0xfe)) {
        index = &charset_jis0212;
        lead = *b->at++;
        if (b->at == b->end)
            return ERROR;
    }
    if (is_in(lead, 0xa1, 0xfe) && is_in(*b->at, 0xa1, 0xfe))
        code = look_up_94(index, lead, *b->at);
    if (code == ERROR)
        return reject_pair(b);
    b->at++;
    return code;
}

static uint32_t
read_shift_jis(struct bytes *b)
{
    unsigned lead = *b->at++, byte;
    uint32_t code = ERROR;

    if (lead <= 0x80)
        return lead;
    if (is_in(lead, 0xa1, 0xdf))
        return 0xff61 - 0xa1 + lead;
    if (lead == 0xa0 || lead > 0xfc || b->at == b->end)
        return ERROR;
    byte = *b->at;
    if (is_in(byte, 0x40, 0x7e) || is_in(byte, 0x80, 0xfc)) {
        unsigned pointer = (lead - (lead < 0xa0 ? 0x81 : 0xc1)) * 188 + byte -
                           (byte < 0x7f ? 0x40 : 0x41);

        code = is_in(pointer, 8836, 10715) ? 0xe000 - 8836 + pointer
                                           : look_up(&charset_jis0208, pointer);
    }
    if (code == ERROR)
        return reject_pair(b);
    b->at++;
    return code;
}

static uint32_t
read_euc_kr(struct bytes *b)
{
    unsigned lead = *b->at++;
    uint32_t code = ERROR;

    if (lead < 0x80)
        return lead;
    if (!is_in(lead, 0x81, 0xfe) || b->at == b->end)
        return ERROR;
    if (is_in(*b->at, 0x41, 0xfe))
        code = look_up(&charset_euc_kr, (lead - 0x81) * 190 + *b->at - 0x41U);
    if (code == ERROR)
        return reject_pair(b);
    b->at++;
    return code;
}

/* ------------------------------------------------------------- ISO-2022-JP */

enum jis_mode { JIS_ASCII, JIS_ROMAN, JIS_KATAKANA, JIS_TWO_BYTES };

struct jis {
    enum jis_mode mode;
    bool is_switched; /* nothing since the last escape sequence */
};

/* Behind an escape byte: read a sequence and the mode it switches to. */
static bool
read_escape(const struct bytes *b, enum jis_mode *mode)
{
    static const struct {
        unsigned char text[3];
        enum jis_mode mode;
    } rows[] = {
        {"(B", JIS_ASCII},     {"(J", JIS_ROMAN},     {"(I", JIS_KATAKANA},
        {"$@", JIS_TWO_BYTES}, {"$B", JIS_TWO_BYTES},
    };

    for (size_t i = 0; b->end - b->at >= 2 && i < ARRAY_LEN(rows); i++) {
        if (b->at[0] == rows[i].text[0] && b->at[1] == rows[i].text[1]) {
            *mode = rows[i].mode;
            return true;
        }
    }
    return false;
}

/* The second of two bytes. */
static uint32_t
read_jis_trail(struct bytes *b, unsigned lead)
{
    unsigned byte;

    if (b->at == b->end || *b->at == 0x1b)
        return ERROR;
    byte = *b->at++;
    if (!is_in(byte, 0x21, 0x7e))
        return ERROR;
    return look_up(&charset_jis0208, (lead - 0x21) * 94 + byte - 0x21);
}

/* Read a byte other than an escape. */
static uint32_t
read_jis_byte(struct bytes *b, enum jis_mode mode, unsigned byte)
{
    switch (mode) {
    case JIS_KATAKANA:
        return is_in(byte, 0x21, 0x5f) ? 0xff61 - 0x21 + byte : ERROR;
    case JIS_TWO_BYTES:
        return is_in(byte, 0x21, 0x7e) ? read_jis_trail(b, byte) : ERROR;
    case JIS_ROMAN:
        if (byte == 0x5c)
            return 0xa5;
        if (byte == 0x7e)
            return 0x203e;
        break;
    case JIS_ASCII:
        break;
    }
    return byte < 0x80 && byte != 0x0e && byte != 0x0f ? byte : ERROR;
}

static uint32_t
read_iso_2022_jp(struct bytes *b, struct jis *jis)
{
    unsigned byte = *b->at++;
    bool was_switched = jis->is_switched;

    jis->is_switched = false;
    if (byte != 0x1b)
        return read_jis_byte(b, jis->mode, byte);
    if (!read_escape(b, &jis->mode))
        return ERROR;
    b->at += 2;
    /* Two escape sequences in a row count as an error. */
    jis->is_switched = true;
    return was_switched ? ERROR : NOTHING;
}

/* ---------------------------------------------------------------- all of it */

static uint32_t
read_single(struct bytes *b, const char16_t *table)
{
    unsigned byte = *b->at++;

    if (byte < 0x80)
        return byte;
    return table[byte - 0x80] ? table[byte - 0x80] : ERROR;
}

static uint32_t
read_any(struct bytes *b, unsigned charset, struct jis *jis, struct text *t)
{
    switch (charset) {
    case CHARSET_UTF_8:
        return read_utf8(b);
    case CHARSET_UTF_16BE:
    case CHARSET_UTF_16LE:
        return read_utf16(b, charset == CHARSET_UTF_16BE);
    case CHARSET_REPLACEMENT:
        b->at = b->end;
        return ERROR;
    case CHARSET_X_USER_DEFINED:
        b->at++;
        return b->at[-1] < 0x80 ? b->at[-1] : 0xf700U + b->at[-1];
    case CHARSET_GB18030:
        return read_gb18030(b);
    case CHARSET_BIG5:
        return read_big5(b, t);
    case CHARSET_EUC_JP:
        return read_euc_jp(b);
    case CHARSET_ISO_2022_JP:
        return read_iso_2022_jp(b, jis);
    case CHARSET_SHIFT_JIS:
        return read_shift_jis(b);
    case CHARSET_EUC_KR:
        return read_euc_kr(b);
    default:
        return read_single(b, charset_single[charset - CHARSET_SINGLE_BYTE]);
    }
}

void
charset_decode(struct buf *out, unsigned charset, const unsigned char *data,
               size_t len)
{
    struct bytes b = {data, data + len};
    struct jis jis = {JIS_ASCII, false};
    struct text t;

    t.out = out;
    t.len = 0;
    while (b.at < b.end) {
        uint32_t code = read_any(&b, charset, &jis, &t);

        if (code != NOTHING)
            put(&t, code == ERROR ? REPLACEMENT : code);
    }
    flush(&t);
}
