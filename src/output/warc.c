#include "output/warc.h"

#include <assert.h>
#include <errno.h>
#include <libgen.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/diag.h"
#include "body/capture.h"
#include "body/gzip.h"
#include "body/store.h"
#include "body/write_error.h"
#include "job/earlier.h"
#include "job/job.h"
#include "job/options.h"
#include "output/warc_record.h"
#include "output/warc_seen.h"

#define PROFILE "http://netpreserve.org/warc/1.1/revisit/"

/* The most records appended together. */
#define GROUP_MAX 2

_Static_assert(GROUP_MAX *WARC_RECORD_PARTS <= WARC_FILE_PARTS,
               "a group of records is appended at once");

struct warc {
    const struct opts *opts;
    struct capture_env capture;
    struct warc_ids ids;
    pthread_mutex_t lock; /* of what follows */
    struct warc_file *file;
    struct warc_seen *seen;
    atomic_int failure; /* errno of the first write that failed; 0: none */
};

/* ---------------------------------------------------------------- writing */

/* With the lock held: report the first error. */
static void
note_failure(struct warc *w, int err)
{
    if (w->failure == 0)
        diag_error("cannot write to '%s': %s", warc_file_name(w->file),
                   strerror(err));
    w->failure = err;
}

/* With the lock held: append records. *offset is that of the first.  Returns 0
 * or an errno. */
static int
append(struct warc *w, struct warc_record *records, size_t n, int64_t *offset)
{
    struct warc_part parts[GROUP_MAX * WARC_RECORD_PARTS];
    size_t nparts = 0;

    for (size_t i = 0; i < n; i++) {
        struct warc_record *r = &records[i];

        if (r->m)
            r->fd = store_open_temp(w->capture.store, r->m->temp);
        if (r->m && r->fd < 0)
            return errno;
        for (size_t k = 0; k < r->nparts; k++) {
            parts[nparts] = r->parts[k];
            if (r->parts[k].fd == WARC_RECORD_NOT_OPEN)
                parts[nparts].fd = r->fd;
            nparts += parts[nparts].len > 0 || parts[nparts].fd >= 0;
        }
    }
    return warc_file_append(w->file, parts, nparts, offset);
}

/* Each file begins with a record about the program and its options. */
static int
append_info(struct warc *w)
{
    struct warc_record r;
    struct buf text = BUF_INIT, none = BUF_INIT, shown = BUF_INIT;
    const char *name = strrchr(warc_file_name(w->file), '/');
    int64_t offset;
    int err;

    warc_record_init(&w->ids, &r);
    warc_record_begin(&r, "warcinfo", clock_wall_us());
    warc_put_text(&shown, name ? name + 1 : warc_file_name(w->file));
    buf_addc(&shown, '\0');
    warc_record_put_field(&r, "WARC-Filename", shown.data);
    warc_record_put_field(&r, "Content-Type", "application/warc-fields");
    buf_addstr(&text, "software: fanfetch/" FANFETCH_VERSION "\r\n"
                      "format: WARC File Format 1.1\r\n"
                      "conformsTo: http://iipc.github.io/warc-specifications/"
                      "specifications/warc-format/warc-1.1/\r\n");
    if (w->opts->used) {
        buf_addstr(&text, "options: ");
        warc_put_text(&text, w->opts->used);
        buf_addstr(&text, "\r\n");
    }
    warc_record_finish(w->capture.gzip, &r, &none, NULL, &text);
    err = append(w, &r, 1, &offset);
    warc_record_fini(&r);
    buf_fini(&text);
    buf_fini(&shown);
    return err;
}

/* If this file is full, begin the next one.  Returns 0 or an errno. */
static int
rotate(struct warc *w, uint64_t more)
{
    if (!warc_file_is_full(w->file, more))
        return 0;
    if (warc_file_next(w->file)) {
        w->failure = EIO; /* it was reported */
        return EIO;
    }
    return append_info(w);
}

/*
 * Append records.  With is_job, the job's result refers to the last one.
 * Returns 0 or an errno.
 */
static int
write_group(struct warc *w, struct job *j, struct warc_record *records,
            size_t n, bool is_job)
{
    uint64_t len = 0;
    int64_t offset = 0;
    int err;

    for (size_t i = 0; i < n; i++)
        len += records[i].len;
    err = w->failure ? w->failure : rotate(w, len);
    if (err == 0)
        err = append(w, records, n, &offset);
    if (err) {
        note_failure(w, err);
        return err;
    }
    if (is_job) {
        j->res.warc_file =
            arena_strdup(job_hop_mem(j), warc_file_name(w->file));
        j->res.warc_length = (int64_t)records[n - 1].len;
        j->res.warc_offset = offset + (int64_t)(len - records[n - 1].len);
    }
    return 0;
}

static void
fail_write(const struct warc *w, struct job *j, int err)
{
    if (j->res.error.class != ERR_NONE && j->res.error.class != ERR_HTTP)
        return;
    result_fail(&j->res, ERR_WRITE, write_error_code(err), PHASE_WRITE, false,
                "cannot write to '%.150s': %s", w->opts->warc, strerror(err));
    j->res.error.os_errno = err;
}

/* ------------------------------------------------------------------- hops */

static void
put_address(struct warc_record *r, const struct job *j)
{
    if (j->res.remote_ip[0])
        warc_record_put_field(r, "WARC-IP-Address", j->res.remote_ip);
}

/* A request refers to no other record, since the one behind it may be lost. */
static void
make_request(struct warc *w, struct job *j, struct warc_record *r)
{
    struct capture *c = j->capture;
    struct message *m = &c->request;
    char block[DIGEST_TEXT], payload[DIGEST_TEXT];

    capture_seal(c, m, payload);
    capture_digest_block(m, false, block);
    warc_record_begin(r, "request", c->wall_us);
    warc_record_put_url(r, "WARC-Target-URI", j->res.url_effective);
    put_address(r, j);
    warc_record_put_field(r, "Content-Type",
                          "application/http;msgtype=request");
    warc_record_put_digest(r, "WARC-Block-Digest", block);
    if (m->body_bytes)
        warc_record_put_digest(r, "WARC-Payload-Digest", payload);
    warc_record_finish(w->capture.gzip, r, &m->head, m->temp[0] ? m : NULL,
                       &m->pending);
}

/* Write the rest of a response's header, and its block. */
static void
make_response(struct warc *w, struct job *j, struct warc_record *r,
              const char *payload)
{
    struct message *m = &j->capture->response;
    char block[DIGEST_TEXT];

    capture_digest_block(m, false, block);
    warc_record_put_digest(r, "WARC-Block-Digest", block);
    warc_record_put_digest(r, "WARC-Payload-Digest", payload);
    if (j->capture->truncated)
        warc_record_put_field(r, "WARC-Truncated", j->capture->truncated);
    warc_record_finish(w->capture.gzip, r, &m->head, m->temp[0] ? m : NULL,
                       &m->pending);
}

/* Refer to the record that has a revisit's body; NULL: unknown. */
static void
put_refers_to(struct warc_record *r, const struct archived *original)
{
    if (!original)
        return;
    warc_record_put_id(r, "WARC-Refers-To", original->id);
    warc_record_put_url(r, "WARC-Refers-To-Target-URI", original->url);
    warc_record_put_field(r, "WARC-Refers-To-Date", original->date);
}

/* Make a revisit: only the head, with a reference to the record that has the
 * body. */
static void
make_revisit(struct warc *w, struct job *j, struct warc_record *r,
             const char *payload, bool is_same, const struct archived *original)
{
    const struct buf none = BUF_INIT;
    struct message *m = &j->capture->response;
    char block[DIGEST_TEXT];

    capture_digest_block(m, true, block);
    warc_record_put_field(r, "WARC-Profile",
                          is_same ? PROFILE "identical-payload-digest"
                                  : PROFILE "server-not-modified");
    put_refers_to(r, original);
    if (is_same) {
        warc_record_put_digest(r, "WARC-Payload-Digest", payload);
        warc_record_put_field(r, "WARC-Truncated", "length");
    }
    warc_record_put_digest(r, "WARC-Block-Digest", block);
    warc_record_finish(w->capture.gzip, r, &m->head, NULL, &none);
}

/* Can other payloads be compared with this one? */
static bool
has_whole_payload(const struct capture *c)
{
    return !c->truncated && c->response.body_bytes > 0;
}

/* An existing record with the same payload, or NULL. */
static const struct archived *
find_same(struct warc *w, struct job *j, const char *payload)
{
    const struct archived *same;

    if (!has_whole_payload(j->capture))
        return NULL;
    pthread_mutex_lock(&w->lock);
    same = warc_seen_find(w->seen, payload, job_hop_mem(j));
    pthread_mutex_unlock(&w->lock);
    return same;
}

/* With the lock held: a response was written, and the result refers to it. */
static void
note_response(struct warc *w, struct job *j, const struct warc_record *r,
              const char *payload)
{
    struct archived *a = arena_alloc(job_hop_mem(j), sizeof(*a));
    struct buf url = BUF_INIT;
    char date[CLOCK_TEXT];

    clock_format(j->capture->wall_us, date);
    warc_put_uri(&url, j->res.url_effective);
    *a = (struct archived){
        .id = arena_strdup(job_hop_mem(j), r->id),
        .url = arena_strndup(job_hop_mem(j), url.data, url.len),
        .date = arena_strdup(job_hop_mem(j), date),
        .file = j->res.warc_file,
        .offset = j->res.warc_offset,
        .length = j->res.warc_length,
    };
    buf_fini(&url);
    j->res.archived = a;
    if (has_whole_payload(j->capture))
        warc_seen_add(w->seen, payload, a);
}

/* Write a request that got no answer.  Returns 0 or an errno. */
static int
put_lone_request(struct warc *w, struct job *j)
{
    struct warc_record r;
    int err;

    warc_record_init(&w->ids, &r);
    make_request(w, j, &r);
    pthread_mutex_lock(&w->lock);
    err = write_group(w, j, &r, 1, false);
    pthread_mutex_unlock(&w->lock);
    if (err == 0)
        j->res.warc_request = arena_strdup(job_hop_mem(j), r.id);
    warc_record_fini(&r);
    return err;
}

/* Is it a 304 to a conditional request? */
static bool
is_not_modified(const struct capture *c)
{
    return c->status == 304 && c->has_validator;
}

/* Make the record of a sealed response; request is the id of its request.
 * original is the record with the same payload, if is_same, or of the
 * unmodified response. */
static void
make_answer(struct warc *w, struct job *j, struct warc_record *r,
            const char *payload, bool is_same, const struct archived *original,
            const char *request)
{
    const struct capture *c = j->capture;
    bool is_revisit = is_same || is_not_modified(c);

    warc_record_begin(r, is_revisit ? "revisit" : "response", c->wall_us);
    warc_record_put_url(r, "WARC-Target-URI", j->res.url_effective);
    put_address(r, j);
    warc_record_put_id(r, "WARC-Concurrent-To", request);
    warc_record_put_field(r, "Content-Type",
                          "application/http;msgtype=response");
    if (is_revisit)
        make_revisit(w, j, r, payload, is_same, original);
    else
        make_response(w, j, r, payload);
}

/* Write request and response.  Returns 0 or an errno. */
static int
put_exchange(struct warc *w, struct job *j)
{
    struct capture *c = j->capture;
    struct warc_record records[GROUP_MAX];
    char payload[DIGEST_TEXT];
    const struct archived *original;
    bool is_same;
    int err;

    for (size_t i = 0; i < GROUP_MAX; i++)
        warc_record_init(&w->ids, &records[i]);
    make_request(w, j, &records[0]);
    capture_seal(c, &c->response, payload);
    original = find_same(w, j, payload);
    is_same = original != NULL;
    if (is_not_modified(c) && earlier_conditions(j))
        original = j->earlier->archived;
    make_answer(w, j, &records[1], payload, is_same, original, records[0].id);
    pthread_mutex_lock(&w->lock);
    err = write_group(w, j, records, GROUP_MAX, true);
    if (err == 0 && (is_same || is_not_modified(c)))
        j->res.archived = original;
    else if (err == 0)
        note_response(w, j, &records[1], payload);
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < GROUP_MAX; i++)
        warc_record_fini(&records[i]);
    return err;
}

void
warc_put_hop(struct warc *w, struct job *j)
{
    struct capture *c = j->capture;
    int err = c ? c->os_errno : 0;

    if (c && c->earlier) {
        j->capture = c->earlier;
        c->earlier = NULL;
        warc_put_hop(w, j);
        j->capture = c;
    }
    j->res.warc_file = j->res.warc_request = NULL;
    j->res.archived = NULL;
    if (err) {
        pthread_mutex_lock(&w->lock);
        note_failure(w, err);
        pthread_mutex_unlock(&w->lock);
    } else if (c && c->request.head.len > 0) {
        err = capture_has_response(c) ? put_exchange(w, j)
                                      : put_lone_request(w, j);
    }
    if (err)
        fail_write(w, j, err);
    capture_free(c);
    j->capture = NULL;
}

void
warc_put_failure(struct warc *w, struct job *j)
{
    struct buf none = BUF_INIT;
    struct warc_record r;
    const char *url =
        j->res.url_effective ? j->res.url_effective : j->target.url;

    warc_record_init(&w->ids, &r);
    warc_record_begin(&r, "metadata", clock_wall_us());
    if (url)
        warc_record_put_url(&r, "WARC-Target-URI", url);
    if (j->res.warc_request)
        warc_record_put_id(&r, "WARC-Concurrent-To", j->res.warc_request);
    warc_record_put_field(&r, "Content-Type", "application/json");
    warc_record_finish(w->capture.gzip, &r, &none, NULL, &j->line);
    pthread_mutex_lock(&w->lock);
    (void)write_group(w, j, &r, 1, true);
    pthread_mutex_unlock(&w->lock);
    warc_record_fini(&r);
}

bool
warc_has_failed(const struct warc *w)
{
    return w->failure != 0;
}

/* ------------------------------------------------------------- life cycle */

const struct capture_env *
warc_capture_env(const struct warc *w)
{
    return &w->capture;
}

/* The folder of a file, which also holds temporary files. */
static struct store *
open_folder(const char *path)
{
    char *copy = xstrdup(path);
    struct store *store = store_open(dirname(copy), false);

    free(copy);
    return store;
}

enum warc_opened
warc_open(const struct opts *opts, struct warc **warc)
{
    struct warc *w = xcalloc(1, sizeof(*w));
    enum warc_opened opened;

    *warc = w;
    w->opts = opts;
    pthread_mutex_init(&w->lock, NULL);
    w->seen = warc_seen_new();
    warc_ids_init(&w->ids);
    w->capture.pool = capture_pool_new();
    if (warc_file_is_gz(opts->warc))
        w->capture.gzip = gzip_pool_new();
    w->capture.show_secrets = opts->show_secrets;
    opened = warc_file_open(opts->warc, opts->warc_size, &w->file);
    if (opened == WARC_OPENED) {
        int err = append_info(w);

        w->capture.store = open_folder(opts->warc);
        if (err)
            note_failure(w, err);
        if (err || !w->capture.store)
            opened = WARC_FAILED;
    }
    if (opened != WARC_OPENED) {
        (void)!warc_close(w);
        *warc = NULL;
    }
    return opened;
}

int
warc_close(struct warc *w)
{
    int rc;

    if (!w)
        return 0;
    rc = warc_file_close(w->file);
    if (w->failure != 0)
        rc = -1;
    store_close(w->capture.store);
    capture_pool_free(w->capture.pool);
    gzip_pool_free(w->capture.gzip);
    warc_seen_free(w->seen);
    pthread_mutex_destroy(&w->lock);
    free(w);
    return rc;
}
