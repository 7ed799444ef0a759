#include "output/format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/json_canonical.h"
#include "base/json_reader.h"
#include "base/term.h"
#include "base/utf8.h"
#include "job/job.h"
#include "job/options.h"
#include "output/keys.h"
#include "output/result_line.h"

/* ------------------------------------------------------------ template */

/* Is a member's name this key?  The name may have escapes. */
static bool
is_named(struct span key, const char *name, size_t len)
{
    struct buf text = BUF_INIT;
    bool is;

    if (!memchr(key.p, '\\', key.len))
        return key.len == len + 2 && memcmp(key.p + 1, name, len) == 0;
    json_canonical(&text, key.p, key.len);
    is = text.len == len + 2 && memcmp(text.data + 1, name, len) == 0;
    buf_fini(&text);
    return is;
}

/* Step into a value: to a member of an object by name, or to an element of an
 * array by number.  Returns false if there is none.  Of members with the same
 * name the last one counts, as for jq. */
static bool
step_into(struct span *value, const char *name, size_t len)
{
    struct span_walk walk;
    struct span key, found, last;
    bool is_there = false;
    size_t i = 0;

    if (value->len == 0 || (value->p[0] != '{' && value->p[0] != '['))
        return false;
    span_walk_init(&walk, *value);
    if (value->p[0] == '[') {
        for (; span_walk_element(&walk, &found); i++) {
            char number[24];
            int n = snprintf(number, sizeof(number), "%zu", i);

            if ((size_t)n == len && memcmp(number, name, len) == 0) {
                *value = found;
                return true;
            }
        }
        return false;
    }
    while (span_walk_member(&walk, &key, &found)) {
        if (is_named(key, name, len)) {
            last = found;
            is_there = true;
        }
    }
    if (is_there)
        *value = last;
    return is_there;
}

/*
 * Append a value: null as nothing, a string without its quotes and escapes.
 * Characters that could harm a terminal stay escaped.
 */
static void
add_value(struct buf *out, struct span value)
{
    struct buf text = BUF_INIT;

    if (span_is(value, "null"))
        return;
    if (value.p[0] != '"') {
        buf_add(out, value.p, value.len);
        return;
    }
    json_canonical(&text, value.p, value.len);
    diag_escape(out, text.data + 1, text.len - 2);
    buf_fini(&text);
}

/* Append the value of "error.code": len bytes of a key and a path into its
 * value. */
static void
add_key(struct buf *out, const struct job *j, const struct opts *opts,
        const char *path, size_t len)
{
    const char *end = path + len;
    const char *dot = memchr(path, '.', len);
    struct buf json = BUF_INIT;
    struct span value;

    result_line_value(j, opts, path, dot ? (size_t)(dot - path) : len, &json);
    value = (struct span){json.data, json.len};
    while (dot) {
        const char *name = dot + 1;
        size_t left = (size_t)(end - name);

        dot = memchr(name, '.', left);
        if (!step_into(&value, name, dot ? (size_t)(dot - name) : left)) {
            value.len = 0;
            break;
        }
    }
    if (value.len > 0)
        add_value(out, value);
    buf_fini(&json);
}

/*
 * The length of the text between the brace at s and the closing one; 0: none.
 */
static size_t
key_len(const char *s)
{
    const char *close = strchr(s, '}');

    return close ? (size_t)(close - s) - 1 : 0;
}

/* Is it a character that is doubled to stand for itself? */
static bool
is_doubled(const char *s)
{
    return (*s == '{' || *s == '}' || *s == '\\') && s[1] == *s;
}

static void
write_template(struct job *j, const struct opts *opts)
{
    struct buf *out = &j->line;

    for (const char *s = opts->format; *s; s++) {
        if (is_doubled(s)) {
            buf_addc(out, *s++);
        } else if (*s == '{') {
            add_key(out, j, opts, s + 1, key_len(s));
            s += key_len(s) + 1;
        } else if (*s == '\\' && (s[1] == 't' || s[1] == 'n')) {
            buf_addc(out, *++s == 't' ? '\t' : '\n');
        } else {
            buf_addc(out, *s);
        }
    }
    if (out->len == 0 || out->data[out->len - 1] != '\n')
        buf_addc(out, '\n');
}

int
format_check(const char *template, struct span *wrong)
{
    for (const char *s = template; *s; s++) {
        size_t len;

        if (*s != '{')
            continue;
        if (s[1] == '{') {
            s++;
            continue;
        }
        len = key_len(s);
        *wrong = (struct span){s, len > 0 ? len + 2 : strlen(s)};
        if (!keys_has(s + 1, len))
            return -1;
        s += len + 1;
    }
    return 0;
}

/* ---------------------------------------------------------------- text */

#define STATUS_COLUMNS 5

/* Narrower terminals than these have no column of times, or of sizes. */
#define COLUMNS_FOR_TIME 50
#define COLUMNS_FOR_SIZE 60

/* The mark in place of a URL's middle, and the fewest columns left of a URL. */
#define GAP             "..."
#define URL_COLUMNS_MIN 8

/* The message is left out if fewer columns remain for it. */
#define REST_COLUMNS_MIN 6

/* Append a time or a size in a column of its own; "-" if negative. */
static void
add_time(struct buf *out, int64_t us)
{
    if (us < 0)
        buf_printf(out, "%9s", "-");
    else if (us < US_PER_MS)
        buf_printf(out, "%6" PRId64 " us", us);
    else if (us < US_PER_S)
        buf_printf(out, "%6" PRId64 " ms", us / US_PER_MS);
    else
        buf_printf(out, "%7.1f s", (double)us / 1e6);
}

static void
add_size(struct buf *out, int64_t bytes)
{
    static const char units[] = "KMGTP";
    double n = (double)bytes;
    int unit = -1;

    for (; n >= 1000 && unit < 4; unit++)
        n /= 1024;
    if (bytes < 0)
        buf_printf(out, "%9s", "-");
    else if (unit < 0)
        buf_printf(out, "%7" PRId64 " B", bytes);
    else
        buf_printf(out, "%7.1f %c", n, units[unit]);
}

/* The columns of the character that the byte c begins.  Characters of three
 * and more bytes may be wide, so they count as two. */
static size_t
char_columns(char c)
{
    return utf8_continues(c) ? 0 : (unsigned char)c >= 0xe0 ? 2 : 1;
}

static size_t
count_columns(const char *s, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += char_columns(s[i]);
    return n;
}

/* Append the start of a text, at most columns wide. */
static void
add_start(struct buf *out, const char *s, size_t len, size_t columns)
{
    size_t n = 0, i = 0;

    for (; i < len; i++) {
        n += char_columns(s[i]);
        if (n > columns)
            break;
    }
    buf_add(out, s, i);
}

/* Append the end of a text, at most columns wide. */
static void
add_end(struct buf *out, const char *s, size_t len, size_t columns)
{
    size_t n = 0, i = len, start = len;

    while (i > 0) {
        n += char_columns(s[--i]);
        if (n > columns)
            break;
        if (!utf8_continues(s[i]))
            start = i;
    }
    buf_add(out, s + start, len - start);
}

/*
 * Append a URL, at most columns wide.  If it is longer, its scheme is left
 * out, then its middle: the end is what tells URLs of one host apart.
 */
static void
add_url(struct buf *out, const struct buf *url, size_t columns)
{
    const char *s = url->data, *slashes;
    size_t len = url->len;

    slashes = len > 0 ? memmem(s, len, "://", 3) : NULL;
    if (count_columns(s, len) > columns && slashes) {
        len -= (size_t)(slashes + 3 - s);
        s = slashes + 3;
    }
    if (count_columns(s, len) <= columns) {
        buf_add(out, s, len);
    } else if (columns <= 2 * strlen(GAP)) {
        add_end(out, s, len, columns);
    } else {
        size_t head = (columns - strlen(GAP)) / 3;

        add_start(out, s, len, head);
        buf_addstr(out, GAP);
        add_end(out, s, len, columns - strlen(GAP) - head);
    }
}

static const char *
color_of(const struct result *r)
{
    if (r->error.class != ERR_NONE)
        return TERM_RED;
    return result_status(r) >= 300 ? TERM_YELLOW : TERM_GREEN;
}

/* The columns of a terminal for a line, or SIZE_MAX if it is not cut.  The
 * last column stays free, or a terminal would wrap.  The width is looked up
 * for each line, since it may change. */
static size_t
line_columns(const struct opts *opts)
{
    size_t columns;

    if (!opts->text_is_cut)
        return SIZE_MAX;
    columns = term_width(STDOUT_FILENO);
    return columns > STATUS_COLUMNS + 3 ? columns - 1 : SIZE_MAX;
}

/* Append a text, cut to what a line of that width has left; nothing if
 * that is too little to be read. */
static void
add_rest(struct buf *line, const struct buf *text, size_t columns)
{
    size_t used = count_columns(line->data, line->len);

    if (used + REST_COLUMNS_MIN <= columns)
        add_start(line, text->data, text->len, columns - used);
}

/*
 * Append the URL and, if the record failed, the reason: its code and message.
 * In a narrow terminal the code is kept whole beside some of the URL, and the
 * message gets what is left.
 */
static void
add_url_and_reason(struct buf *line, const struct job *j,
                   const struct opts *opts, size_t columns)
{
    struct buf url = BUF_INIT, code = BUF_INIT, message = BUF_INIT;
    size_t taken = line->len;

    add_key(&url, j, opts, "url", strlen("url"));
    if (j->res.error.class != ERR_NONE) {
        buf_addstr(&code, "  ");
        add_key(&code, j, opts, "error.code", strlen("error.code"));
        buf_addstr(&message, ": ");
        add_key(&message, j, opts, "error.message", strlen("error.message"));
    }
    taken += code.len + URL_COLUMNS_MIN;
    add_url(line, &url,
            URL_COLUMNS_MIN + (columns > taken ? columns - taken : 0));
    add_rest(line, &code, columns);
    add_rest(line, &message, columns);
    buf_fini(&url);
    buf_fini(&code);
    buf_fini(&message);
}

/* "  200     12 ms    4.5 K  https://example.com/", with the reason behind the
 * URL if it failed. */
static void
write_text(struct job *j, const struct opts *opts)
{
    const struct result *r = &j->res;
    size_t columns = line_columns(opts);
    struct buf text = BUF_INIT;
    char status[16] = "-";

    if (result_status(r) > 0)
        snprintf(status, sizeof(status), "%d", result_status(r));
    if (columns >= COLUMNS_FOR_TIME)
        add_time(&text, r->attempts > 0 ? j->attempt_us : -1);
    if (columns >= COLUMNS_FOR_SIZE)
        add_size(&text, result_status(r) > 0 ? r->size_body : -1);
    buf_addstr(&text, "  ");
    add_url_and_reason(&text, j, opts, columns - STATUS_COLUMNS);
    if (opts->text_colors)
        buf_printf(&j->line, "%s%*s" TERM_PLAIN, color_of(r), STATUS_COLUMNS,
                   status);
    else
        buf_printf(&j->line, "%*s", STATUS_COLUMNS, status);
    buf_add(&j->line, text.data, text.len);
    buf_addc(&j->line, '\n');
    buf_fini(&text);
}

void
format_line(struct job *j, const struct opts *opts)
{
    switch (opts->format_kind) {
    case FORMAT_JSON:
        result_line_write(j, opts);
        break;
    case FORMAT_TEXT:
        buf_clear(&j->line);
        write_text(j, opts);
        break;
    case FORMAT_TEMPLATE:
        buf_clear(&j->line);
        write_template(j, opts);
        break;
    }
}
