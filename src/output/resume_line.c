#include "output/resume_line.h"

#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/json_canonical.h"
#include "base/json_reader.h"
#include "base/json_skim.h"
#include "job/result.h"

/* How each of our lines begins. */
#define LINE_START "{\"index\":"

static void
add_value(struct buf *text, struct span value)
{
    if (value.p)
        json_canonical(text, value.p, value.len);
    buf_addc(text, '\n');
}

struct siphash_hash
resume_asked_hash(const struct resume_asked *asked,
                  const struct siphash_key *key, struct buf *text)
{
    buf_clear(text);
    buf_addc(text, asked->is_repeat ? 'r' : asked->is_refused ? 'x' : 'f');
    add_value(text, asked->method);
    add_value(text, asked->url);
    add_value(text, asked->id);
    add_value(text, asked->request_hash);
    return siphash_hash(key, text->data, text->len);
}

bool
resume_line_begins(const char *p, size_t len)
{
    size_t n = sizeof(LINE_START) - 1;

    return len == 0 || memcmp(p, LINE_START, len < n ? len : n) == 0;
}

static bool
key_is(struct span key, const char *name)
{
    size_t len = strlen(name);

    return key.len == len + 2 && memcmp(key.p + 1, name, len) == 0;
}

/* Look at the error for what decides whether the record has a result. */
static void
read_error(struct resume_line *seen)
{
    static const char file[] = "\"" RESULT_FILE_CODE;
    bool is_input = false, is_at_input = false, is_of_file = false;
    struct span_walk w;
    struct span key, value;

    if (seen->error.len == 0 || seen->error.p[0] != '{')
        return;
    span_walk_init(&w, seen->error);
    while (span_walk_member(&w, &key, &value)) {
        if (key_is(key, "class")) {
            seen->is_aborted = span_is(value, "\"aborted\"");
            is_input = span_is(value, "\"input\"");
        } else if (key_is(key, "phase")) {
            is_at_input = span_is(value, "\"input\"");
        } else if (key_is(key, "code")) {
            is_of_file = value.len >= sizeof(file) - 1 &&
                         memcmp(value.p, file, sizeof(file) - 1) == 0;
        }
    }
    seen->asked.is_refused = is_input && is_at_input && !is_of_file;
}

int64_t
resume_line_number(struct span json)
{
    int64_t n = 0;

    if (json.len == 0 || json.len > 18)
        return -1;
    for (size_t i = 0; i < json.len; i++) {
        if (json.p[i] < '0' || json.p[i] > '9')
            return -1;
        n = n * 10 + (json.p[i] - '0');
    }
    return n;
}

/* A value that cannot be read counts as empty. */
static struct span
url_or_empty(struct span value)
{
    return span_is(value, "null") ? (struct span){"\"\"", 2} : value;
}

/* Find the field that stores a key's value unchanged, or NULL.  Called for
 * millions of keys. */
static struct span *
place_of(struct span key, struct resume_line *seen)
{
    switch (key.p[1]) {
    case 'b':
        return key_is(key, "body_path")        ? &seen->body_path
               : key_is(key, "body_truncated") ? &seen->body_truncated
                                               : NULL;
    case 'e':
        return key_is(key, "etag") ? &seen->etag : NULL;
    case 'i':
        return key_is(key, "id") ? &seen->asked.id : NULL;
    case 'l':
        return key_is(key, "last_modified") ? &seen->last_modified : NULL;
    case 'm':
        return key_is(key, "method") ? &seen->asked.method : NULL;
    case 'r':
        return key_is(key, "request_hash")      ? &seen->asked.request_hash
               : key_is(key, "request_omitted") ? &seen->request_omitted
                                                : NULL;
    case 's':
        return key_is(key, "sha256")           ? &seen->sha256
               : key_is(key, "status_code")    ? &seen->status_code
               : key_is(key, "size_body")      ? &seen->size_body
               : key_is(key, "size_download")  ? &seen->size_download
               : key_is(key, "size_earlier")   ? &seen->size_earlier
               : key_is(key, "status_earlier") ? &seen->status_earlier
                                               : NULL;
    case 'u':
        return key_is(key, "url_effective") ? &seen->url_effective
               : key_is(key, "url_earlier") ? &seen->url_earlier
                                            : NULL;
    case 'w':
        return key_is(key, "warc_payload") ? &seen->warc_payload : NULL;
    default:
        return NULL;
    }
}

/* Handle one member of a result.  Returns false if the line is not one of
 * ours. */
static bool
read_member(struct span key, struct span value, struct resume_line *seen)
{
    struct span *place;

    if (key_is(key, "index"))
        return resume_line_number(value) >= 0;
    if (key_is(key, "url")) {
        seen->asked.url = url_or_empty(value);
    } else if (key_is(key, "duplicate_of")) {
        seen->asked.is_repeat = true;
    } else if (key_is(key, "change")) {
        seen->has_change = true;
    } else if (key_is(key, "skipped")) {
        seen->is_skipped = true;
    } else if (key_is(key, "ok")) {
        seen->has_ok = true;
        seen->is_ok = span_is(value, "true");
        return seen->is_ok || span_is(value, "false");
    } else if (key_is(key, "error")) {
        seen->has_error = true;
        seen->error = value;
    } else if ((place = place_of(key, seen)) &&
               (place == &seen->asked.id || !span_is(value, "null"))) {
        *place = value;
    }
    return true;
}

/* Is nothing there?  Editors and scripts leave blank lines.  After a power cut
 * a file may have zeros in place of what was written last, and the next run
 * begins a line behind them. */
static bool
is_nothing(struct span line)
{
    size_t n = 0;

    while (n < line.len && (ascii_is_blank(line.p[n]) || line.p[n] == '\r'))
        n++;
    return n == line.len || line.p[0] == '\0';
}

enum resume_line_kind
resume_line_read_part(struct span line, struct resume_line *seen)
{
    struct span key, value;
    struct span_flaw flaw;
    struct span_walk w;

    *seen = (struct resume_line){.is_ok = false};
    if (is_nothing(line))
        return RESUME_LINE_TORN;
    if (line.p[0] != '{')
        return RESUME_LINE_OTHER;
    if (!span_is_json(line, &flaw))
        return RESUME_LINE_TORN;
    span_walk_init(&w, line);
    while (span_walk_member(&w, &key, &value))
        if (!read_member(key, value, seen))
            return RESUME_LINE_OTHER;
    read_error(seen);
    return seen->asked.url.p ? RESUME_LINE_RESULT : RESUME_LINE_OTHER;
}

enum resume_line_kind
resume_line_skim(struct span line, struct resume_line *seen)
{
    enum json_skim_status status;
    struct span key, value;
    struct json_skim skim;

    *seen = (struct resume_line){.is_ok = false};
    if (is_nothing(line))
        return RESUME_LINE_TORN;
    if (line.p[0] != '{')
        return RESUME_LINE_OTHER;
    json_skim_init(&skim, line);
    while ((status = json_skim_member(&skim, &key, &value)) == JSON_SKIM_MEMBER)
        if (!read_member(key, value, seen))
            return RESUME_LINE_OTHER;
    if (status == JSON_SKIM_BROKEN)
        return RESUME_LINE_TORN;
    return seen->asked.url.p ? RESUME_LINE_RESULT : RESUME_LINE_OTHER;
}

enum resume_line_kind
resume_line_read(struct span line, struct resume_line *seen)
{
    enum resume_line_kind kind;

    if (is_nothing(line))
        return RESUME_LINE_TORN;
    if (!resume_line_begins(line.p, line.len))
        return RESUME_LINE_OTHER;
    kind = resume_line_read_part(line, seen);
    if (kind != RESUME_LINE_RESULT)
        return kind;
    return seen->asked.id.p && seen->has_ok && seen->has_error
               ? RESUME_LINE_RESULT
               : RESUME_LINE_OTHER;
}

struct resume_asked
resume_line_asked(const struct resume_line *seen)
{
    /* "body" is the beginning of three keys. */
    static const char *const own[] = {"\"headers\"", "\"body", "\"json\"",
                                      "\"form\""};
    const struct span *omitted = &seen->request_omitted;
    struct resume_asked asked = seen->asked;

    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (!asked.request_hash.p && !asked.is_refused && omitted->p &&
            memmem(omitted->p, omitted->len, own[i], strlen(own[i])))
            asked.request_hash = RESUME_HASH_UNKNOWN;
    return asked;
}
