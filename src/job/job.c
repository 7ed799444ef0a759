#include "job/job.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "job/form.h"

/* The most freed jobs kept for reuse: enough for a steady flow, not for a
 * burst. */
#define POOL_MAX 1024

/* Larger line buffers are freed. */
#define BUF_KEEP 4096

/* Line buffers that are kept, at most. */
#define LINES_MAX 256

struct job_pool {
    struct job_list free;
    size_t nfree;
    struct buf lines[LINES_MAX]; /* empty ones with memory */
    size_t nlines;
    size_t nlive; /* jobs in use */
};

const char *
job_own_name(unsigned i)
{
    static const char *const names[JOB_NOWN] = {
        "url",       "headers", "body",   "body_base64", "json",
        "body_file", "form",    "method", "request",
    };

    return names[i];
}

bool
request_has_files(const struct request *req)
{
    const struct form_part *part = req->form;

    while (part && !part->path)
        part = part->next;
    return req->body_file || part;
}

void
request_drop_body(struct request *req)
{
    req->body_kind = BODY_NONE;
    req->body = req->body_file = NULL;
    req->body_len = 0;
    req->form = NULL;
}

struct job_pool *
job_pool_new(void)
{
    struct job_pool *pool = xcalloc(1, sizeof(*pool));
    job_list_init(&pool->free);
    return pool;
}

static void
job_destroy(struct job *j)
{
    arena_reset(&j->mem);
    arena_free(j->hop_mem);
    result_fini(&j->res);
    buf_fini(&j->line);
    free(j);
}

void
job_pool_free(struct job_pool *pool)
{
    struct job *j;

    if (!pool)
        return;
    assert(pool->nlive == 0);
    while ((j = job_list_pop(&pool->free)))
        job_destroy(j);
    while (pool->nlines > 0)
        buf_fini(&pool->lines[--pool->nlines]);
    free(pool);
}

/* Clear everything except the arenas, which must be empty, and the line, which
 * is. */
static void
job_clear(struct job *j)
{
    size_t start = offsetof(struct job, index);

    j->link = NULL;
    memset((char *)j + start, 0, offsetof(struct job, line) - start);
    j->first.timeout_us = j->first.connect_timeout_us = -1;
    j->req = j->first;
    j->next = JOB_FINAL;
    j->due_us = j->dns_us = -1;
    result_init(&j->res);
}

struct job *
job_new(struct job_pool *pool)
{
    struct job *j = job_list_pop(&pool->free);

    if (j) {
        pool->nfree--;
    } else {
        j = xcalloc(1, sizeof(*j));
        arena_init(&j->mem);
    }
    pool->nlive++;
    job_clear(j);
    return j;
}

void
job_lend_line(struct job_pool *pool, struct job *j)
{
    if (j->line.cap == 0 && pool->nlines > 0)
        j->line = pool->lines[--pool->nlines];
}

struct arena *
job_hop_mem(struct job *j)
{
    if (!j->hop_mem)
        j->hop_mem = arena_new();
    return j->hop_mem;
}

/* Keep a finished job's line buffer for reuse. */
static void
keep_line(struct job_pool *pool, struct job *j)
{
    if (pool->nlines == LINES_MAX || j->line.cap == 0 || j->line.cap > BUF_KEEP)
        return;
    buf_clear(&j->line);
    pool->lines[pool->nlines++] = j->line;
    j->line = (struct buf)BUF_INIT;
}

void
job_free(struct job_pool *pool, struct job *j)
{
    assert(!j->body);
    pool->nlive--;
    keep_line(pool, j);
    if (pool->nfree == POOL_MAX) {
        job_destroy(j);
        return;
    }
    arena_reset(&j->mem);
    if (j->hop_mem)
        arena_reset(j->hop_mem);
    result_fini(&j->res);
    buf_fini(&j->line);
    j->link = NULL;
    job_list_push(&pool->free, j);
    pool->nfree++;
}

void
job_list_init(struct job_list *l)
{
    l->head = NULL;
    l->tail = &l->head;
}

void
job_list_push(struct job_list *l, struct job *j)
{
    j->link = NULL;
    *l->tail = j;
    l->tail = &j->link;
}

struct job *
job_list_pop(struct job_list *l)
{
    return l->head ? job_list_take(l, &l->head) : NULL;
}

struct job *
job_list_take(struct job_list *l, struct job **at)
{
    struct job *j = *at;

    *at = j->link;
    if (!*at)
        l->tail = at;
    j->link = NULL;
    return j;
}

void
job_list_append(struct job_list *l, struct job_list *more)
{
    if (!more->head)
        return;
    *l->tail = more->head;
    l->tail = more->tail;
    job_list_init(more);
}

void
job_begin_hop(struct job *j)
{
    struct result *r = &j->res;

    j->is_counted = false;
    if (r->was_sent)
        return;
    r->was_sent = true;
    j->attempt_us = j->hops_us = j->logged_us = 0;
    r->num_redirects = 0;
    r->hop_status = 0;
    r->hops = NULL;
    r->hops_tail = &r->hops;
    arena_free(r->hops_mem);
    r->hops_mem = NULL;
}
