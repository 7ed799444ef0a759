#include "body/capture.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/clock.h"
#include "body/capture_head.h"
#include "body/gzip.h"
#include "job/http.h"

/* Larger bodies go to a file. */
#define MEMORY_BYTES ((size_t)256 * 1024)

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
    capture_head_finish(c, m, knows_length);
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
        /* Only "chunked" is sent. */
        m->is_coded = capture_head_has(&m->head, "Transfer-Encoding");
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
    if (capture_head_is_header(line, len, "Transfer-Encoding"))
        m->is_coded = true;
    if (capture_head_is_end(line, len))
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
