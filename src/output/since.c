#include "output/since.h"

#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/json_canonical.h"
#include "base/json_reader.h"
#include "job/earlier.h"
#include "job/job.h"
#include "job/options.h"
#include "output/resume_line.h"
#include "output/since_index.h"

/* Longer validators are not sent: servers refuse such heads. */
#define VALIDATOR_MAX_BYTES 4096

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

/* An entity tag, or NULL if it is "*": a condition of "*" matches whatever the
 * server has. */
static const char *
validator_of(struct span json, struct arena *mem)
{
    if (json.len > VALIDATOR_MAX_BYTES || span_is(json, "\"*\""))
        return NULL;
    return text_of(json, mem);
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
            a->offset = resume_line_number(value);
        else if (span_is(key, "\"length\""))
            a->length = resume_line_number(value);
    }
    return is_id(a->id) && a->url && a->date && a->file && a->offset >= 0 &&
                   a->length >= 0
               ? a
               : NULL;
}

/* The status of the answer that the line describes, or 0.  If the line carries
 * on an earlier answer, its own status is that of a 304 or of a failure. */
static int
status_of(const struct resume_line *seen)
{
    bool is_answer = seen->is_ok || !seen->has_ok;
    int64_t own = is_answer ? resume_line_number(seen->status_code) : -1;
    int64_t status =
        seen->status_earlier.p ? resume_line_number(seen->status_earlier) : own;

    return status > 0 && status <= 999 && status != 304 ? (int)status : 0;
}

static struct earlier *
make_earlier(const struct resume_line *seen, struct arena *mem)
{
    struct earlier *e = arena_alloc(mem, sizeof(*e));
    bool has_url = seen->url_earlier.p != NULL;
    bool has_size = seen->size_earlier.p != NULL;

    *e = (struct earlier){
        .url = text_of(has_url ? seen->url_earlier : seen->url_effective, mem),
        .etag = validator_of(seen->etag, mem),
        .last_modified = validator_of(seen->last_modified, mem),
        .sha256 = text_of(seen->sha256, mem),
        .body_path = text_of(seen->body_path, mem),
        .is_truncated = span_is(seen->body_truncated, "true"),
        .size_download = resume_line_number(has_size ? seen->size_earlier
                                                     : seen->size_download),
        .status = status_of(seen),
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
        if (header_is_condition(h->name, strlen(h->name)))
            return true;
    for (size_t i = 0; i < opts->headers.n; i++)
        if (header_is_condition(opts->headers.v[i],
                                strcspn(opts->headers.v[i], ":;")))
            return true;
    return false;
}

/* Is the earlier body's file there, with as much of the body as this run is to
 * keep? */
static bool
has_file(const struct opts *opts, const struct earlier *e)
{
    struct stat st;

    if (!e->body_path || stat(e->body_path, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    return !e->is_truncated ||
           (opts->truncate >= 0 && st.st_size >= opts->truncate);
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

/* May the request be conditional?  Not if the earlier body's file is missing or
 * truncated, since the body is then needed again. */
static bool
may_ask(const struct opts *opts, const struct job *j)
{
    const char *method = j->first.method;

    if (!j->earlier->url || has_own_condition(opts, j))
        return false;
    if (strcmp(method, "HEAD") == 0)
        return true;
    return strcmp(method, "GET") == 0 &&
           (!opts->output_dir || has_file(opts, j->earlier));
}

void
since_find(const struct since_index *s, const struct opts *opts, struct job *j)
{
    struct buf text = BUF_INIT;
    struct resume_line seen;
    struct span line;

    if (since_index_find(s, j, &text, &line) &&
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
carry_earlier(const struct opts *opts, struct result *r,
              const struct earlier *e)
{
    bool line_is_cut = opts->body != BODY_OFF && r->body_truncated;

    r->etag = e->etag;
    r->last_modified = e->last_modified;
    r->sha256 = e->sha256;
    if (!r->is_skipped) {
        r->body_path = e->body_path;
        r->body_truncated = line_is_cut || (e->body_path && e->is_truncated);
    }
    r->archived = e->archived;
    r->url_earlier = e->url;
    r->size_earlier = e->size_download;
    r->status_earlier = e->status;
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
        carry_earlier(opts, r, e);
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
