#include "output/since.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json_canonical.h"
#include "base/json_reader.h"
#include "base/json_writer.h"
#include "base/redact.h"
#include "base/siphash.h"
#include "base/utf8.h"
#include "base/word_sort.h"
#include "job/earlier.h"
#include "job/job.h"
#include "job/options.h"
#include "job/request_hash.h"
#include "output/line_scan.h"
#include "output/resume_line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* How much of a line is read at first. */
#define LINE_BYTES 4096

/* Longer validators are not sent: servers refuse such heads. */
#define VALIDATOR_MAX_BYTES 4096

struct place {
    struct siphash_hash hash; /* of the request */
    uint64_t at;              /* where its result's line begins */
};

_Static_assert(sizeof(struct place) == 3 * sizeof(uint64_t),
               "a row of three words");

struct since {
    int fd;
    struct siphash_key key;
    struct place *list; /* sorted, without duplicates */
    size_t len, cap;
};

/* ------------------------------------------------------------------ loading */

/* Does the line tell of an answer?  A failed one under --since carries on the
 * answer before it. */
static bool
has_answer(const struct resume_line *seen)
{
    bool knows = seen->etag.p || seen->last_modified.p || seen->sha256.p;

    if (seen->asked.is_repeat)
        return false;
    return seen->is_ok || (knows && (seen->has_change || !seen->has_ok));
}

static struct siphash_hash
hash_asked(const struct since *s, struct resume_asked asked, struct buf *text)
{
    asked.id = (struct span){NULL, 0};
    if (!asked.method.p)
        asked.method = (struct span){"\"GET\"", 5};
    return resume_asked_hash(&asked, &s->key, text);
}

static void
add(struct since *s, const struct siphash_hash *hash, off_t at)
{
    if (s->len == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 1024;
        s->list = xrealloc(s->list, s->cap * sizeof(*s->list));
    }
    s->list[s->len++] = (struct place){*hash, (uint64_t)at};
}

static bool
is_equal(const struct siphash_hash *a, const struct siphash_hash *b)
{
    return a->word[0] == b->word[0] && a->word[1] == b->word[1];
}

/* Sort, and keep the last entry of each request. */
static void
arrange(struct since *s)
{
    size_t n = 0;

    if (s->len == 0)
        return;
    word_sort_triples(s->list->hash.word, s->len);
    for (size_t i = 0; i < s->len; i++) {
        if (n > 0 && is_equal(&s->list[n - 1].hash, &s->list[i].hash))
            n--;
        s->list[n++] = s->list[i];
    }
    s->len = n;
}

/* The first byte reveals a list or a web page given by mistake. */
static bool
begins(const char *p, size_t len)
{
    return len == 0 || p[0] == '{';
}

static int
read_lines(struct since *s, const char *path)
{
    struct line_scan scan = {.fd = s->fd, .begins = begins};
    enum line_scan_status status;
    struct buf text = BUF_INIT;
    struct resume_line seen;
    struct span line;
    bool is_ours = true;

    while ((status = line_scan_next(&scan, &line)) == LINE_SCAN_LINE) {
        enum resume_line_kind kind = resume_line_skim(line, &seen);

        is_ours = kind != RESUME_LINE_OTHER;
        if (!is_ours)
            break;
        if (kind == RESUME_LINE_RESULT && has_answer(&seen)) {
            struct siphash_hash hash = hash_asked(s, seen.asked, &text);
            add(s, &hash, scan.at);
        }
    }
    if (status == LINE_SCAN_FAILED)
        diag_error("cannot read '%s': %s", path, strerror(errno));
    else if (status == LINE_SCAN_OTHER || !is_ours)
        diag_error("%s:%llu: not a result of fanfetch's, as --since needs",
                   path, (unsigned long long)scan.line + !scan.line);
    line_scan_fini(&scan);
    buf_fini(&text);
    return status == LINE_SCAN_END ? 0 : -1;
}

struct since *
since_load(const char *path)
{
    struct since *s = xcalloc(1, sizeof(*s));
    int ret = -1;

    s->key = siphash_key_new();
    s->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (s->fd < 0)
        diag_error("cannot read '%s': %s", path, strerror(errno));
    else
        ret = read_lines(s, path);
    if (ret != 0) {
        since_free(s);
        return NULL;
    }
    arrange(s);
    return s;
}

void
since_free(struct since *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    free(s->list);
    free(s);
}

/* ------------------------------------------------------------------ finding */

static bool
is_less(const struct siphash_hash *a, const struct siphash_hash *b)
{
    return a->word[0] != b->word[0] ? a->word[0] < b->word[0]
                                    : a->word[1] < b->word[1];
}

static const struct place *
find_place(const struct since *s, const struct siphash_hash *hash)
{
    size_t low = 0, high = s->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (is_less(&s->list[middle].hash, hash))
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->len && is_equal(&s->list[low].hash, hash) ? &s->list[low]
                                                              : NULL;
}

static const struct place *
find_asked(const struct since *s, const struct resume_asked *asked)
{
    struct buf text = BUF_INIT;
    struct siphash_hash hash = hash_asked(s, *asked, &text);

    buf_fini(&text);
    return find_place(s, &hash);
}

/* The URL as in the line: with secrets removed, or with --show-secrets
 * complete. */
static const struct place *
find_url(const struct since *s, struct resume_asked *asked, const struct job *j)
{
    struct buf plain = BUF_INIT, shown = BUF_INIT;
    const struct place *place;

    redact_url(&plain, j->url_given, j->url_given_len);
    jsonw_string_n(&shown, plain.data, plain.len);
    asked->url = (struct span){shown.data, shown.len};
    place = find_asked(s, asked);
    if (!place && memchr(j->url_given, '@', j->url_given_len)) {
        buf_clear(&shown);
        jsonw_string_n(&shown, j->url_given, j->url_given_len);
        asked->url = (struct span){shown.data, shown.len};
        place = find_asked(s, asked);
    }
    buf_fini(&plain);
    buf_fini(&shown);
    return place;
}

static bool
is_condition(const char *name, size_t len)
{
    return len > 3 && strncasecmp(name, "if-", 3) == 0;
}

/* The hash that the request would have without its own conditions. */
static const char *
bare_hash(struct job *j)
{
    struct request bare = j->first;

    bare.headers = header_without(bare.headers, is_condition, &j->mem);
    return request_hash(&bare, &j->mem);
}

static const struct place *
find_job(const struct since *s, struct job *j)
{
    struct buf method = BUF_INIT, hash = BUF_INIT;
    struct resume_asked asked = {.id = {NULL, 0}};
    const struct place *place;
    const char *bare;

    jsonw_string(&method, j->first.method);
    asked.method = (struct span){method.data, method.len};
    if (j->request_hash) {
        jsonw_string(&hash, j->request_hash);
        asked.request_hash = (struct span){hash.data, hash.len};
    }
    place = find_url(s, &asked, j);
    if (!place && j->request_hash) {
        bare = bare_hash(j);
        buf_clear(&hash);
        asked.request_hash = (struct span){NULL, 0};
        if (bare) {
            jsonw_string(&hash, bare);
            asked.request_hash = (struct span){hash.data, hash.len};
        }
        if (!bare || strcmp(bare, j->request_hash) != 0)
            place = find_url(s, &asked, j);
    }
    buf_fini(&method);
    buf_fini(&hash);
    return place;
}

/* ------------------------------------------------------------------ reading */

/* Read the line at a place into text.  Returns -1 if it is no longer there. */
static int
read_line(const struct since *s, uint64_t at, struct buf *text,
          struct span *line)
{
    size_t want = LINE_BYTES;
    const char *end = NULL;
    ssize_t n = 1;

    while (n > 0 && !end) {
        size_t from = text->len;

        n = pread(s->fd, buf_reserve(text, want), want,
                  (off_t)(at + (uint64_t)from));
        if (n > 0) {
            text->len += (size_t)n;
            end = memchr(text->data + from, '\n', (size_t)n);
            want = text->len;
        }
    }
    if (!end)
        return -1;
    *line = (struct span){text->data, (size_t)(end - text->data)};
    return 0;
}

/* The content of a JSON string; NULL if there is none or if it cannot be in a
 * header. */
static const char *
text_of(struct span json, struct arena *mem)
{
    struct buf text = BUF_INIT;
    const char *copy = NULL;
    bool is_plain = true;

    if (json.len < 2 || json.p[0] != '"')
        return NULL;
    json_canonical(&text, json.p, json.len);
    for (size_t i = 1; i + 1 < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];

        is_plain = is_plain && c >= 0x20 && c != 0x7f && c != 0xff;
    }
    if (is_plain && text.len > 2)
        copy = arena_strndup(mem, text.data + 1, text.len - 2);
    buf_fini(&text);
    return copy;
}

static const char *
validator_of(struct span json, struct arena *mem)
{
    return json.len <= VALIDATOR_MAX_BYTES ? text_of(json, mem) : NULL;
}

/* A number of a line, -1: none. */
static int64_t
number_of(struct span json)
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

static bool
is_id(const char *id)
{
    return id && strncmp(id, "urn:", 4) == 0 && !strpbrk(id, "<> ");
}

/* The archive record with the body, or NULL if the line names none. */
static const struct archived *
make_archived(struct span json, struct arena *mem)
{
    struct archived *a = arena_alloc(mem, sizeof(*a));
    struct span key, value;
    struct span_walk w;

    *a = (struct archived){.offset = -1, .length = -1};
    span_walk_init(&w, json);
    while (span_walk_member(&w, &key, &value)) {
        if (span_is(key, "\"id\""))
            a->id = text_of(value, mem);
        else if (span_is(key, "\"url\""))
            a->url = text_of(value, mem);
        else if (span_is(key, "\"date\""))
            a->date = text_of(value, mem);
        else if (span_is(key, "\"file\""))
            a->file = text_of(value, mem);
        else if (span_is(key, "\"offset\""))
            a->offset = number_of(value);
        else if (span_is(key, "\"length\""))
            a->length = number_of(value);
    }
    return is_id(a->id) && a->url && a->date && a->file && a->offset >= 0 &&
                   a->length >= 0
               ? a
               : NULL;
}

static struct earlier *
make_earlier(const struct resume_line *seen, struct arena *mem)
{
    struct earlier *e = arena_alloc(mem, sizeof(*e));
    int64_t status = number_of(seen->status_code);
    bool has_url = seen->url_earlier.p != NULL;
    bool has_size = seen->size_earlier.p != NULL;

    *e = (struct earlier){
        .url = text_of(has_url ? seen->url_earlier : seen->url_effective, mem),
        .etag = validator_of(seen->etag, mem),
        .last_modified = validator_of(seen->last_modified, mem),
        .sha256 = text_of(seen->sha256, mem),
        .body_path = text_of(seen->body_path, mem),
        .size_download =
            number_of(has_size ? seen->size_earlier : seen->size_download),
        .status = status >= 0 && status <= 999 ? (int)status : 0,
    };
    if (seen->warc_payload.p && seen->warc_payload.p[0] == '{')
        e->archived = make_archived(seen->warc_payload, mem);
    return e;
}

/* ---------------------------------------------------------------- conditions
 */

/* Does the user set or remove conditions himself? */
static bool
has_own_condition(const struct opts *opts, const struct job *j)
{
    for (const struct header *h = j->first.headers; h; h = h->next)
        if (is_condition(h->name, strlen(h->name)))
            return true;
    for (size_t i = 0; i < opts->headers.n; i++)
        if (is_condition(opts->headers.v[i], strcspn(opts->headers.v[i], ":;")))
            return true;
    return false;
}

static bool
is_file(const char *path)
{
    struct stat st;

    return path && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Use both, by RFC 9110, 13.1.3: a server that knows the first one ignores the
 * other. */
static struct header *
make_conditions(const struct earlier *e, struct arena *mem)
{
    struct header *list = NULL;

    if (e->last_modified)
        list = header_new(mem, "If-Modified-Since", e->last_modified, list);
    if (e->etag)
        list = header_new(mem, "If-None-Match", e->etag, list);
    return list;
}

/* May a "not modified" answer be requested?  Not if the file is missing: the
 * body is then needed again. */
static bool
may_ask(const struct opts *opts, const struct job *j)
{
    const char *method = j->first.method;

    if (!j->earlier->url || has_own_condition(opts, j))
        return false;
    if (strcmp(method, "HEAD") == 0)
        return true;
    return strcmp(method, "GET") == 0 &&
           (!opts->output_dir || is_file(j->earlier->body_path));
}

void
since_find(const struct since *s, const struct opts *opts, struct job *j)
{
    const struct place *place = find_job(s, j);
    struct buf text = BUF_INIT;
    struct resume_line seen;
    struct span line;

    if (place && read_line(s, place->at, &text, &line) == 0 &&
        resume_line_read_part(line, &seen) == RESUME_LINE_RESULT) {
        j->earlier = make_earlier(&seen, &j->mem);
        if (may_ask(opts, j))
            j->earlier->conditions = make_conditions(j->earlier, &j->mem);
    }
    buf_fini(&text);
}

/* ------------------------------------------------------------------ judging */

/* An entity tag without its mark of weakness. */
static const char *
opaque_tag(const char *etag)
{
    return strncmp(etag, "W/", 2) == 0 ? etag + 2 : etag;
}

/* Compare validators only, as for the answer to HEAD. */
static bool
has_same_validators(const struct earlier *e, const struct result *r)
{
    if (e->etag && r->etag)
        return strcmp(opaque_tag(e->etag), opaque_tag(r->etag)) == 0;
    return !e->etag && !r->etag && e->last_modified && r->last_modified &&
           strcmp(e->last_modified, r->last_modified) == 0;
}

static bool
is_same(const struct job *j)
{
    const struct earlier *e = j->earlier;
    const struct result *r = &j->res;

    if (strcmp(j->first.method, "HEAD") == 0)
        return has_same_validators(e, r);
    if (e->sha256 && r->sha256)
        return strcmp(e->sha256, r->sha256) == 0;
    return (r->status == 204 || r->status == 205) && e->status == r->status;
}

/* There is no new answer: carry on what is known. */
static void
carry_on(struct result *r, const struct earlier *e)
{
    r->etag = e->etag;
    r->last_modified = e->last_modified;
    r->sha256 = e->sha256;
    if (!r->is_skipped)
        r->body_path = e->body_path;
    r->archived = e->archived;
    r->url_earlier = e->url;
    r->size_earlier = e->size_download;
}

/* A failed result has no answer for a later run to compare with. */
static void
forget_answer(struct result *r)
{
    r->etag = r->last_modified = r->sha256 = NULL;
    r->archived = NULL;
}

void
since_judge(const struct opts *opts, struct job *j)
{
    struct result *r = &j->res;
    const struct earlier *e = j->earlier;
    bool has_failed = r->error.class != ERR_NONE;
    bool was_asked = !r->is_skipped || r->attempts > 0;

    if (!opts->since || j->is_repeat)
        return;
    if (e && (has_failed || !was_asked || r->status == 304))
        carry_on(r, e);
    else if (has_failed)
        forget_answer(r);
    if (has_failed || !was_asked)
        r->change = CHANGE_UNKNOWN;
    else if (r->status == 304)
        r->change = earlier_conditions(j) || has_own_condition(opts, j)
                        ? CHANGE_UNCHANGED
                        : CHANGE_UNKNOWN;
    else if (!e)
        r->change = CHANGE_NEW;
    else
        r->change = is_same(j) ? CHANGE_UNCHANGED : CHANGE_CHANGED;
}
