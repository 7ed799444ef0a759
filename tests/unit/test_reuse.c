#include <criterion/criterion.h>

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdalign.h>
#include <stddef.h>
#include <string.h>

#include "base/reuse.h"

/* Under ASan it is malloc() itself. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_MALLOC true
#else
#define IS_MALLOC false
#endif

#define LARGEST 140000

TestSuite(reuse, .init = reuse_begin, .fini = reuse_end);

Test(reuse, every_size_has_its_room)
{
    for (int round = 0; round < 2; round++) {
        for (size_t size = 0; size < LARGEST; size += 1 + size / 500) {
            char *a = reuse_alloc(size), *b = reuse_alloc(size);

            cr_assert_eq((uintptr_t)a % alignof(max_align_t), 0, "%zu", size);
            memset(a, 'a', size);
            memset(b, 'b', size);
            for (size_t i = 0; i < size; i++)
                cr_assert(a[i] == 'a' && b[i] == 'b', "%zu", size);
            reuse_free(a);
            reuse_free(b);
        }
    }
}

Test(reuse, what_is_freed_is_what_comes_next)
{
    void *a = reuse_alloc(100), *b;

    reuse_free(a);
    b = reuse_alloc(101);
    cr_expect(IS_MALLOC || a == b);
    reuse_free(b);
}

Test(reuse, blank_memory_is_blank_again)
{
    char *p = reuse_alloc(3000);

    memset(p, 'x', 3000);
    reuse_free(p);
    p = reuse_calloc(30, 100);
    for (size_t i = 0; i < 3000; i++)
        cr_assert_eq(p[i], 0);
    reuse_free(p);
}

Test(reuse, what_grows_or_shrinks_keeps_its_bytes)
{
    char *p = reuse_realloc(NULL, 1);

    *p = 'x';
    for (size_t size = 2; size < LARGEST; size += 1 + size / 100) {
        p = reuse_realloc(p, size);
        p[size - 1] = (char)size;
        cr_assert_eq(p[0], 'x');
    }
    for (size_t size = LARGEST; size > 8; size -= 1 + size / 100)
        p = reuse_realloc(p, size);
    cr_expect_eq(p[0], 'x');
    cr_expect_eq(p[1], 2);
    cr_expect_eq(p[2], 3);
    reuse_free(p);
    reuse_free(NULL);
}

Test(reuse, text_is_copied)
{
    char *p = reuse_strdup("text");

    cr_expect_str_eq(p, "text");
    reuse_free(p);
}

static void *
free_elsewhere(void *p)
{
    reuse_free(p);
    p = reuse_alloc(500);
    memset(p, 'x', 500);
    return p;
}

Test(reuse, threads_free_what_others_took)
{
    for (int i = 0; i < 10; i++) {
        pthread_t thread;
        void *p;

        cr_assert_eq(
            pthread_create(&thread, NULL, free_elsewhere, reuse_alloc(500)), 0);
        cr_assert_eq(pthread_join(thread, &p), 0);
        cr_expect_eq(*(char *)p, 'x');
        reuse_free(p);
    }
}

Test(reuse, a_burst_goes_back_to_the_system)
{
    static void *pieces[20000];
    size_t before = mallinfo2().uordblks;

    if (IS_MALLOC)
        return;
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
        pieces[i] = reuse_alloc(i % 2 ? 1000 : 16000);
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++)
        reuse_free(pieces[i]);
    cr_expect_lt(mallinfo2().uordblks, before + 10 * 1024 * 1024);
    reuse_end();
    /* malloc()'s own cache has some. */
    cr_expect_lt(mallinfo2().uordblks, before + 20 * 1024);
}

#if !defined(__SANITIZE_ADDRESS__)

static void
free_twice(char *p)
{
    reuse_free(p);
    reuse_free(p);
}

Test(reuse, freeing_twice_ends_it, .signal = SIGABRT)
{
    free_twice(reuse_alloc(100));
}

Test(reuse, writing_over_the_next_piece_ends_it, .signal = SIGABRT)
{
    char *p = reuse_alloc(100);

    memset(p - 16, 'x', 16);
    reuse_free(p);
}

#endif
