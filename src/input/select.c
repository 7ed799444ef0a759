#include "input/select.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/seen.h"
#include "base/siphash.h"
#include "job/job.h"
#include "job/request_hash.h"

/* A larger buffer is freed: bodies may have a megabyte. */
#define BUF_KEEP (64 * 1024)

struct select {
    struct siphash_key key;
    struct seen *seen;
    struct buf text; /* text of the request being compared */
};

bool
select_is_mine(uint32_t k, uint32_t n, const char *text, size_t len)
{
    uint64_t hash = map_stable_hash(text, len);

    /* The low bits of FNV-1a depend only on the low bits of all bytes: names
     * that differ in one digit would be divided by that digit. */
    hash ^= hash >> 33;
    hash *= UINT64_C(0xff51afd7ed558ccd);
    hash ^= hash >> 33;
    return hash % n == k - 1;
}

struct select *
select_new(void)
{
    struct select *p = xcalloc(1, sizeof(*p));

    p->key = siphash_key_new();
    p->seen = seen_new();
    return p;
}

void
select_free(struct select *p)
{
    if (!p)
        return;
    seen_free(p->seen);
    buf_fini(&p->text);
    free(p);
}

/* Add each piece with its length, so that neighbouring pieces cannot be
 * confused. */
static void
add(struct buf *text, const char *s, size_t len)
{
    uint64_t n = len;

    buf_add(text, &n, sizeof(n));
    if (len > 0)
        buf_add(text, s, len);
}

static void
add_string(struct buf *text, const char *s)
{
    add(text, s, s ? strlen(s) : 0);
}

/* Add the record's own demands on the answer, and the place of its body. */
static void
add_demands(struct buf *text, const struct job *j)
{
    add_string(text, j->accept);
    buf_addc(text, j->expect ? 'e' : '-'); /* an empty one replaces --expect */
    add(text, j->expect, j->expect_len);
    add_string(text, j->expect_sha256);
    add_string(text, j->output_name);
}

bool
select_is_repeat(struct select *p, const struct job *j, uint64_t *first)
{
    const struct request *req = &j->first;
    struct siphash_hash hash;
    uint64_t number = j->index;
    bool is_new;

    buf_clear(&p->text);
    add(&p->text, req->method, strlen(req->method));
    add_string(&p->text, j->origin.url); /* as it is sent */
    add_demands(&p->text, j);
    request_hash_text(&p->text, req, true);
    hash = siphash_hash(&p->key, p->text.data, p->text.len);
    if (p->text.cap > BUF_KEEP)
        buf_fini(&p->text);
    is_new = seen_add(p->seen, &hash, &number);
    if (!is_new)
        *first = number;
    return !is_new;
}
