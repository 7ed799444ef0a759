#include "base/reuse.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || HAS_FEATURE(address_sanitizer)
/* It knows of pieces only what malloc() knows. */

void
reuse_begin(void)
{
}

void
reuse_end(void)
{
}

void *
reuse_alloc(size_t size)
{
    return xmalloc(size);
}

void *
reuse_calloc(size_t n, size_t size)
{
    return xcalloc(n, size);
}

void *
reuse_realloc(void *p, size_t size)
{
    return xrealloc(p, size);
}

void
reuse_free(void *p)
{
    free(p);
}

#else

/* Sizes go up in steps of 16 bytes to 1 KiB, then in four steps from one power
 * of two to the next.  What is larger is not kept. */
#define STEP        16
#define SMALL_MAX   1024
#define NSMALL      (SMALL_MAX / STEP)
#define LARGE_MAX   (128 * 1024)
#define NLARGE      28
#define NLISTS      (NSMALL + NLARGE)
#define NOT_KEPT    NLISTS /* as a list's number */

/* What a list may hold.  A hundred transfers may end in one turn, each with
 * several small pieces of a size or one large, and as many begin in the next.
 */
#define MOST_PIECES 1024
#define MOST_BYTES  (8 * 1024 * 1024)

enum mark {
    MARK_TAKEN = 0x5f3a91c6,
    MARK_FREE = 0x21d8e407,
};

/* The head of a piece: what was asked for comes behind it. */
struct piece {
    uint32_t list;
    uint32_t mark;
    union {
        struct piece *next; /* while it is kept */
        size_t size;        /* of one that never is */
    };
};

_Static_assert(sizeof(struct piece) % _Alignof(max_align_t) == 0,
               "what follows is aligned for any type");

struct keep {
    struct {
        struct piece *head;
        uint32_t room; /* for so many more */
    } lists[NLISTS];
};

/* NULL: this thread keeps nothing. */
static _Thread_local struct keep *keep;

static uint32_t
list_of(size_t size)
{
    unsigned log;

    if (size <= SMALL_MAX)
        return size == 0 ? 0 : (uint32_t)((size - 1) / STEP);
    if (size > LARGE_MAX)
        return NOT_KEPT;
    log = 63U - (unsigned)__builtin_clzl(size - 1); /* 10 to 16 */
    return NSMALL + 4 * (log - 10) + (uint32_t)((size - 1) >> (log - 2) & 3);
}

static size_t
size_of(uint32_t list)
{
    size_t n = list - NSMALL;

    if (list < NSMALL)
        return (size_t)(list + 1) * STEP;
    return (n % 4 + 5) << (n / 4 + 8);
}

/* The head of a piece that is in use. */
static struct piece *
head_of(void *p)
{
    struct piece *piece = (struct piece *)p - 1;

    if (piece->mark != MARK_TAKEN)
        abort();
    return piece;
}

void *
reuse_alloc(size_t size)
{
    uint32_t list = list_of(size);
    struct piece *piece;

    if (list < NOT_KEPT && keep && keep->lists[list].head) {
        piece = keep->lists[list].head;
        keep->lists[list].head = piece->next;
        keep->lists[list].room++;
        piece->mark = MARK_TAKEN;
        return piece + 1;
    }
    if (list < NOT_KEPT)
        size = size_of(list);
    else if (size > SIZE_MAX - sizeof(*piece))
        alloc_failed();
    piece = xmalloc(sizeof(*piece) + size);
    piece->list = list;
    piece->mark = MARK_TAKEN;
    piece->size = size;
    return piece + 1;
}

void
reuse_free(void *p)
{
    struct piece *piece;
    uint32_t list;

    if (!p)
        return;
    piece = head_of(p);
    piece->mark = MARK_FREE;
    list = piece->list;
    if (!keep || list == NOT_KEPT || keep->lists[list].room == 0) {
        free(piece);
        return;
    }
    piece->next = keep->lists[list].head;
    keep->lists[list].head = piece;
    keep->lists[list].room--;
}

void *
reuse_calloc(size_t n, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes))
        alloc_failed();
    return memset(reuse_alloc(bytes), 0, bytes);
}

void *
reuse_realloc(void *p, size_t size)
{
    struct piece *piece;
    size_t has;
    void *moved;

    if (!p)
        return reuse_alloc(size);
    piece = head_of(p);
    has = piece->list < NOT_KEPT ? size_of(piece->list) : piece->size;
    if (piece->list < NOT_KEPT && size <= has)
        return p;
    moved = reuse_alloc(size);
    memcpy(moved, p, has < size ? has : size);
    reuse_free(p);
    return moved;
}

static uint32_t
most_of(uint32_t list)
{
    size_t n = MOST_BYTES / size_of(list);

    return n < MOST_PIECES ? (uint32_t)n : MOST_PIECES;
}

void
reuse_begin(void)
{
    if (keep)
        return;
    keep = xcalloc(1, sizeof(*keep));
    for (uint32_t i = 0; i < NLISTS; i++)
        keep->lists[i].room = most_of(i);
}

void
reuse_end(void)
{
    struct keep *k = keep;
    struct piece *piece;

    keep = NULL;
    for (uint32_t i = 0; k && i < NLISTS; i++) {
        while ((piece = k->lists[i].head)) {
            k->lists[i].head = piece->next;
            free(piece);
        }
    }
    free(k);
}

#endif

char *
reuse_strdup(const char *s)
{
    size_t size = strlen(s) + 1;

    return memcpy(reuse_alloc(size), s, size);
}
