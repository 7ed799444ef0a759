#include "body/capture.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/clock.h"
#include "body/gzip.h"
#include "job/http.h"

/* Larger bodies go to a file. */
#define MEMORY_BYTES ((size_t)256 * 1024)

/* Prefix for original headers that were changed, as other crawlers write it. */
#define ORIGINAL "X-Archive-Orig-"

/* The most captures kept for later use, and the largest buffers they keep. */
#define IDLE_MAX       64
#define IDLE_MAX_BYTES ((size_t)64 * 1024)

struct capture_pool {
    pthread_mutex_t lock;
    struct capture *idle;
    size_t nidle;
};

/* ------------------------------------------------------------- life cycle */

static void
empty(struct buf *b)
{
    if (b->cap > IDLE_MAX_BYTES)
        buf_fini(b);
    buf_clear(b);
}

/* Forget all but memory. */
static void
message_clear(struct capture *c, struct message *m)
{
    store_drop(c->env->store, m->temp);
    empty(&m->head);
    empty(&m->pending);
    *m = (struct message){
        .head = m->head,
        .pending = m->pending,
        .block = m->block,
        .payload = m->payload,
    };
}

static void
message_fini(struct message *m)
{
    digest_free(m->block);
    digest_free(m->payload);
    buf_fini(&m->head);
    buf_fini(&m->pending);
}

static void
destroy(struct capture *c)
{
    message_fini(&c->request);
    message_fini(&c->response);
    free(c);
}

struct capture_pool *
capture_pool_new(void)
{
    struct capture_pool *pool = xcalloc(1, sizeof(*pool));

    pthread_mutex_init(&pool->lock, NULL);
    return pool;
}

void
capture_pool_free(struct capture_pool *pool)
{
    struct capture *c;

    if (!pool)
        return;
    while ((c = pool->idle)) {
        pool->idle = c->next;
        destroy(c);
    }
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

struct capture *
capture_new(const struct capture_env *env)
{
    struct capture_pool *pool = env->pool;
    struct capture *c;

    pthread_mutex_lock(&pool->lock);
    c = pool->idle;
    if (c) {
        pool->idle = c->next;
        pool->nidle--;
    }
    pthread_mutex_unlock(&pool->lock);
    if (!c)
        c = xcalloc(1, sizeof(*c));
    *c = (struct capture){
        .env = env,
        .request = c->request,
        .response = c->response,
        .wall_us = -1,
    };
    return c;
}

void
capture_free(struct capture *c)
{
    struct capture_pool *pool;
    bool is_kept;

    if (!c)
        return;
    capture_free(c->earlier);
    message_clear(c, &c->request);
    message_clear(c, &c->response);
    pool = c->env->pool;
    pthread_mutex_lock(&pool->lock);
    is_kept = pool->nidle < IDLE_MAX;
    if (is_kept) {
        c->next = pool->idle;
        pool->idle = c;
        pool->nidle++;
    }
    pthread_mutex_unlock(&pool->lock);
    if (!is_kept)
        destroy(c);
}

void
capture_begin(struct capture *c)
{
    message_clear(c, &c->request);
    message_clear(c, &c->response);
    c->wall_us = clock_wall_us();
    c->status = 0;
    c->has_validator = false;
    c->truncated = NULL;
}

struct capture *
capture_follow(struct capture *c)
{
    struct capture *following = capture_new(c->env);

    following->earlier = c;
    return following;
}

/* ------------------------------------------------------------------ lines */

/* Length of the first line of text, including its line end. */
static size_t
line_len(const char *text, size_t len)
{
    const char *end = memchr(text, '\n', len);

    return end ? (size_t)(end - text) + 1 : len;
}

static bool
is_blank(const char *line, size_t len)
{
    return len == 0 || line[0] == '\r' || line[0] == '\n';
}

/* Is it a header of that name? */
static bool
is_header(const char *line, size_t len, const char *name)
{
    size_t n = strlen(name);

    return len > n && line[n] == ':' && strncasecmp(line, name, n) == 0;
}

/*
 * Does a header's name say that its value is secret?  A part of the name is
 * enough, because services have names of their own, such as X-Vault-Token and
 * Ocp-Apim-Subscription-Key.
 */
static bool
is_secret(const char *line, size_t len)
{
    static const char *const words[] = {
        "auth",     "cookie", "credential", "jwt",       "key",   "passwd",
        "password", "secret", "session",    "signature", "token",
    };
    const char *colon = memchr(line, ':', len);
    size_t name_len = colon ? (size_t)(colon - line) : 0;

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        size_t n = strlen(words[i]);

        for (size_t at = 0; at + n <= name_len; at++)
            if (strncasecmp(line + at, words[i], n) == 0)
                return true;
    }
    return false;
}

static bool
is_validator(const char *line, size_t len)
{
    return is_header(line, len, "If-None-Match") ||
           is_header(line, len, "If-Modified-Since");
}

/* Write "GET / HTTP/2" as HTTP/1.1. */
static void
put_request_line(struct buf *out, const char *line, size_t len)
{
    const char *version = memrchr(line, ' ', len);

    if (!version || line + len - version < 8 ||
        memcmp(version, " HTTP/", 6) != 0 || version[6] == '1') {
        buf_add(out, line, len);
        return;
    }
    buf_add(out, line, (size_t)(version - line));
    buf_addstr(out, " HTTP/1.1\r\n");
}

/* May a line of a request's head be kept as it is? */
static bool
is_plain_line(const struct capture *c, const char *line, size_t len, bool first)
{
    static const char end[] = " HTTP/1.1\r\n";
    size_t n = sizeof(end) - 1;

    if (first)
        return len > n && memcmp(line + len - n, end, n) == 0;
    return c->env->show_secrets || !is_secret(line, len);
}

static void
finish_request_head(struct capture *c)
{
    struct buf out = BUF_INIT, *head = &c->request.head;
    bool is_plain = true;
    size_t n;

    for (size_t at = 0; at < head->len; at += n) {
        n = line_len(head->data + at, head->len - at);
        is_plain = is_plain && is_plain_line(c, head->data + at, n, at == 0);
        c->has_validator |= is_validator(head->data + at, n);
    }
    if (is_plain)
        return;
    for (size_t at = 0; at < head->len; at += n) {
        const char *line = head->data + at;

        n = line_len(line, head->len - at);
        if (at == 0) {
            put_request_line(&out, line, n);
        } else if (is_plain_line(c, line, n, false)) {
            buf_add(&out, line, n);
        } else {
            buf_add(&out, line, (size_t)((char *)memchr(line, ':', n) - line));
            buf_addstr(&out, ": ***\r\n");
        }
    }
    buf_fini(head);
    *head = out;
}

/* Do the status or the request's method rule out a body? */
static bool
has_no_body(const struct capture *c)
{
    const struct buf *request = &c->request.head;

    return c->status == 204 || c->status == 304 ||
           (request->len > 5 && memcmp(request->data, "HEAD ", 5) == 0);
}

/* Finish the head of a body whose transfer-coding was removed: state its
 * length if asked to. */
static void
replace_coding(struct message *m, bool states_length)
{
    struct buf out = BUF_INIT;
    size_t n;

    for (size_t at = 0; at < m->head.len; at += n) {
        const char *line = m->head.data + at;

        n = line_len(line, m->head.len - at);
        if (is_header(line, n, "Transfer-Encoding") ||
            is_header(line, n, "Content-Length"))
            buf_addstr(&out, ORIGINAL);
        if (is_blank(line, n) && states_length)
            buf_printf(&out, "Content-Length: %llu\r\n",
                       (unsigned long long)m->body_bytes);
        buf_add(&out, line, n);
    }
    buf_fini(&m->head);
    m->head = out;
}

static void
finish_head(struct capture *c, struct message *m, bool knows_length)
{
    bool is_request = m == &c->request;

    if (is_request)
        finish_request_head(c);
    if (m->is_coded)
        replace_coding(m, knows_length && (is_request || !has_no_body(c)));
}

/* ----------------------------------------------------------------- bodies */

static void
begin_digest(struct digest **d)
{
    if (*d)
        digest_restart(*d);
    else
        *d = digest_new();
}

/* The head will not change any more. */
static void
begin_digests(struct capture *c, struct message *m, bool knows_length)
{
    finish_head(c, m, knows_length);
    begin_digest(&m->block);
    if (m == &c->response || m->body_bytes > 0)
        begin_digest(&m->payload);
    digest_add(m->block, m->head.data, m->head.len);
    m->has_begun = true;
}

/* Write the pending bytes to the temporary file. */
static void
spool(struct capture *c, struct message *m)
{
    struct buf packed = BUF_INIT, *out = &m->pending;

    if (!m->has_begun)
        begin_digests(c, m, false);
    digest_add(m->block, m->pending.data, m->pending.len);
    digest_add(m->payload, m->pending.data, m->pending.len);
    m->crc = gzip_crc(m->crc, m->pending.data, m->pending.len);
    m->spooled += m->pending.len;
    if (c->env->gzip) {
        gzip_piece(c->env->gzip, m->pending.data, m->pending.len, &packed);
        out = &packed;
    }
    c->os_errno = store_append(c->env->store, m->temp, out->data, out->len);
    m->temp_bytes += out->len;
    buf_fini(&packed);
    buf_clear(&m->pending);
}

static void
add_body(struct capture *c, struct message *m, const char *data, size_t len)
{
    while (len > 0 && c->os_errno == 0) {
        size_t room = MEMORY_BYTES - m->pending.len;
        size_t n = len < room ? len : room;

        buf_add(&m->pending, data, n);
        m->body_bytes += n;
        data += n;
        len -= n;
        if (m->pending.len == MEMORY_BYTES)
            spool(c, m);
    }
}

/* ------------------------------------------------------------ what passes */

void
capture_sent_head(struct capture *c, const char *data, size_t len)
{
    buf_add(&c->request.head, data, len);
}

/* Has the request's head a Transfer-Encoding?  Only "chunked" is sent. */
static bool
is_sent_in_chunks(const struct capture *c)
{
    const struct buf *head = &c->request.head;
    size_t n;

    for (size_t at = 0; at < head->len; at += n) {
        n = line_len(head->data + at, head->len - at);
        if (is_header(head->data + at, n, "Transfer-Encoding"))
            return true;
    }
    return false;
}

/* Read a byte between the data of two chunks.  libcurl sends no more there than
 * "<size in hex>\r\n" before the data and "\r\n" behind it. */
static void
read_chunk_line(struct message *m, char byte)
{
    int digit = ascii_hex_value(byte);

    if (m->chunk == CHUNK_SIZE && digit >= 0)
        m->chunk_left = m->chunk_left << 4 | (unsigned)digit;
    if (byte != '\n')
        return;
    if (m->chunk == CHUNK_END)
        m->chunk = CHUNK_SIZE;
    else if (m->chunk == CHUNK_SIZE)
        m->chunk = m->chunk_left > 0 ? CHUNK_DATA : CHUNK_LAST;
}

/* Add bytes of a request's body that is sent in chunks. */
static void
add_chunked(struct capture *c, const char *data, size_t len)
{
    struct message *m = &c->request;

    while (len > 0) {
        size_t n = 1;

        if (m->chunk == CHUNK_DATA) {
            n = len < m->chunk_left ? len : (size_t)m->chunk_left;
            add_body(c, m, data, n);
            m->chunk_left -= n;
            if (m->chunk_left == 0)
                m->chunk = CHUNK_END;
        } else {
            read_chunk_line(m, *data);
        }
        data += n;
        len -= n;
    }
}

void
capture_sent_body(struct capture *c, const char *data, size_t len)
{
    struct message *m = &c->request;

    if (m->body_bytes == 0 && m->chunk == CHUNK_SIZE && m->chunk_left == 0)
        m->is_coded = is_sent_in_chunks(c);
    if (m->is_coded)
        add_chunked(c, data, len);
    else
        add_body(c, m, data, len);
}

bool
capture_has_request(const struct capture *c)
{
    const struct buf *head = &c->request.head;

    return head->len >= 4 &&
           memcmp(head->data + head->len - 4, "\r\n\r\n", 4) == 0;
}

void
capture_head_line(struct capture *c, const char *line, size_t len, int status)
{
    struct message *m = &c->response;

    if (status) {
        message_clear(c, m);
        c->status = status;
    }
    if (status && len > 5 && line[5] != '1')
        buf_printf(&m->head, "HTTP/1.1 %d %s\r\n", status, http_reason(status));
    else
        buf_add(&m->head, line, len);
    if (is_header(line, len, "Transfer-Encoding"))
        m->is_coded = true;
    if (is_blank(line, len))
        m->is_whole_head = true;
}

void
capture_body(struct capture *c, const char *data, size_t len)
{
    add_body(c, &c->response, data, len);
}

bool
capture_has_response(const struct capture *c)
{
    return c->response.is_whole_head && c->status >= 200;
}

/* ---------------------------------------------------------------- the end */

void
capture_seal(struct capture *c, struct message *m, char payload[DIGEST_TEXT])
{
    if (!m->has_begun)
        begin_digests(c, m, true);
    if (m == &c->request && m->body_bytes == 0)
        return;
    digest_add(m->payload, m->pending.data, m->pending.len);
    digest_finish(m->payload, payload);
}

void
capture_digest_block(struct message *m, bool is_head_only,
                     char block[DIGEST_TEXT])
{
    if (is_head_only && m->spooled > 0) {
        digest_restart(m->block);
        digest_add(m->block, m->head.data, m->head.len);
    } else if (!is_head_only) {
        digest_add(m->block, m->pending.data, m->pending.len);
    }
    digest_finish(m->block, block);
}
