#include "output/since_index.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json_writer.h"
#include "base/redact.h"
#include "base/siphash.h"
#include "base/word_sort.h"
#include "job/http.h"
#include "job/job.h"
#include "job/request_hash.h"
#include "output/line_scan.h"
#include "output/resume_line.h"

/* How much of a line is read at first. */
#define LINE_BYTES 4096

struct place {
    struct siphash_hash hash; /* of the request */
    uint64_t at;              /* where its result's line begins */
};

_Static_assert(sizeof(struct place) == 3 * sizeof(uint64_t),
               "a row of three words");

struct since_index {
    int fd;
    struct siphash_key key;
    struct place *list; /* sorted, without duplicates */
    size_t len, cap;
};

/* ------------------------------------------------------------------ loading */

/* Does the line tell of an answer?  A failed one under --since carries on the
 * answer before it, which may have been without a body and validators. */
static bool
has_answer(const struct resume_line *seen)
{
    bool knows = seen->etag.p || seen->last_modified.p || seen->sha256.p ||
                 seen->status_earlier.p;

    if (seen->asked.is_repeat)
        return false;
    return seen->is_ok || (knows && (seen->has_change || !seen->has_ok));
}

static struct siphash_hash
hash_asked(const struct since_index *s, struct resume_asked asked,
           struct buf *text)
{
    asked.id = (struct span){NULL, 0};
    if (!asked.method.p)
        asked.method = (struct span){"\"GET\"", 5};
    return resume_asked_hash(&asked, &s->key, text);
}

static void
add(struct since_index *s, const struct siphash_hash *hash, off_t at)
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
sort_unique(struct since_index *s)
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

/* Note the place of a line's result, if it tells of an answer.  Returns false
 * if the line is not one of ours. */
static bool
take_line(struct since_index *s, struct span line, off_t at, struct buf *text)
{
    struct resume_line seen;
    enum resume_line_kind kind = resume_line_skim(line, &seen);

    if (kind == RESUME_LINE_RESULT && has_answer(&seen)) {
        struct siphash_hash hash = hash_asked(s, seen.asked, text);
        add(s, &hash, at);
    }
    return kind != RESUME_LINE_OTHER;
}

/* The first byte reveals a list or a web page given by mistake. */
static bool
begins(const char *p, size_t len)
{
    return len == 0 || p[0] == '{';
}

static int
read_lines(struct since_index *s, const char *path)
{
    struct line_scan scan = {.fd = s->fd, .begins = begins};
    enum line_scan_status status;
    struct buf text = BUF_INIT;
    struct span line;
    bool is_ours = true;

    while (is_ours && (status = line_scan_next(&scan, &line)) == LINE_SCAN_LINE)
        is_ours = take_line(s, line, scan.at, &text);
    /* Editors and scripts drop the last newline; what is torn is no result. */
    if (is_ours && status == LINE_SCAN_END)
        (void)take_line(s, scan.rest, scan.whole, &text);
    if (status == LINE_SCAN_FAILED)
        diag_error("cannot read '%s': %s", path, strerror(errno));
    else if (status == LINE_SCAN_OTHER || !is_ours)
        diag_error("%s:%llu: not a result of fanfetch's, as --since needs",
                   path, (unsigned long long)scan.line + !scan.line);
    line_scan_fini(&scan);
    buf_fini(&text);
    return status == LINE_SCAN_END ? 0 : -1;
}

struct since_index *
since_index_load(const char *path)
{
    struct since_index *s = xcalloc(1, sizeof(*s));
    int ret = -1;

    s->key = siphash_key_new();
    s->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (s->fd < 0)
        diag_error("cannot read '%s': %s", path, strerror(errno));
    else
        ret = read_lines(s, path);
    if (ret != 0) {
        since_index_free(s);
        return NULL;
    }
    sort_unique(s);
    return s;
}

void
since_index_free(struct since_index *s)
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
find_place(const struct since_index *s, const struct siphash_hash *hash)
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
find_asked(const struct since_index *s, const struct resume_asked *asked)
{
    struct buf text = BUF_INIT;
    struct siphash_hash hash = hash_asked(s, *asked, &text);

    buf_fini(&text);
    return find_place(s, &hash);
}

/* The URL as in the line: with secrets removed, or with --show-secrets
 * complete. */
static const struct place *
find_url(const struct since_index *s, struct resume_asked *asked,
         const struct job *j)
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

/* The hash that the request would have without its own conditions. */
static const char *
hash_without_conditions(struct job *j)
{
    struct request bare = j->first;

    bare.headers = header_without(bare.headers, header_is_condition, &j->mem);
    return request_hash(&bare, &j->mem);
}

static const struct place *
find_job(const struct since_index *s, struct job *j)
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
        bare = hash_without_conditions(j);
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

/* Read the line at a place into text.  Returns -1 if it is no longer there. */
static int
read_line(const struct since_index *s, uint64_t at, struct buf *text,
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
    if (n < 0 || text->len == 0)
        return -1;
    *line =
        (struct span){text->data, end ? (size_t)(end - text->data) : text->len};
    return 0;
}

bool
since_index_find(const struct since_index *s, struct job *j, struct buf *text,
                 struct span *line)
{
    const struct place *place = find_job(s, j);

    return place && read_line(s, place->at, text, line) == 0;
}
