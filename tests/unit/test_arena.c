#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

/* Does p lie in the arena's struct, and not in a chunk? */
static bool
is_inline(const struct arena *a, const char *p)
{
    return p >= a->first && p < a->first + sizeof(a->first);
}

Test(arena, small_pieces_need_no_chunk)
{
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < ARENA_INLINE / 16; i++)
        cr_assert(is_inline(&a, arena_strdup(&a, "fifteen letters")));
    cr_assert_null(a.chunks);
    cr_assert_not(is_inline(&a, arena_strdup(&a, "")));
    arena_reset(&a);
}

Test(arena, pieces_do_not_overlap)
{
    enum { NPIECES = 2000 };
    static unsigned char *pieces[NPIECES];
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < NPIECES; i++) {
        size_t size = i * 7 % 1500;

        pieces[i] = arena_alloc(&a, size);
        memset(pieces[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < NPIECES; i++) {
        for (size_t k = 0; k < i * 7 % 1500; k++)
            cr_assert_eq(pieces[i][k], i % 251, "piece %zu, byte %zu", i, k);
    }
    arena_reset(&a);
}

Test(arena, memory_is_aligned_after_strings_of_any_length)
{
    struct arena a;

    arena_init(&a);
    for (size_t len = 0; len < 100; len++) {
        char text[100] = {0};
        uintptr_t p;

        memset(text, 'x', len);
        cr_assert_str_eq(arena_strdup(&a, text), text);
        p = (uintptr_t)arena_alloc(&a, 24);
        cr_assert_eq(p % _Alignof(max_align_t), 0, "after %zu bytes", len);
    }
    arena_reset(&a);
}

Test(arena, a_big_piece_leaves_the_current_room_in_use)
{
    struct arena a;
    char *big;

    arena_init(&a);
    cr_assert(is_inline(&a, arena_strdup(&a, "before")));
    big = arena_alloc(&a, 1 << 20);
    memset(big, 'b', 1 << 20);
    cr_assert(is_inline(&a, arena_strdup(&a, "after")));
    arena_reset(&a);
}

Test(arena, a_copy_may_hold_any_byte_and_ends_with_nul)
{
    static const char bytes[] = {'a', '\0', 'b', '\xff'};
    struct arena a;
    char *copy;

    arena_init(&a);
    copy = arena_strndup(&a, bytes, sizeof(bytes));
    cr_assert_arr_eq(copy, bytes, sizeof(bytes));
    cr_assert_eq(copy[sizeof(bytes)], '\0');
    cr_assert_str_eq(arena_strndup(&a, NULL, 0), "");
    arena_reset(&a);
}

Test(arena, formatted_text_fits_whatever_its_length)
{
    static const int widths[] = {0, 1, 510, 511, 512, 513, 4095, 4096, 100000};
    struct arena a;

    arena_init(&a);
    for (size_t i = 0; i < ARRAY_LEN(widths); i++) {
        char *text = arena_printf(&a, "<%*d>", widths[i], 7);
        int digits = widths[i] > 1 ? widths[i] : 1;

        cr_assert_eq(strlen(text), (size_t)digits + 2, "width %d", widths[i]);
        cr_assert_str_eq(text + digits, "7>");
    }
    arena_reset(&a);
}

Test(arena, a_reset_arena_is_empty_and_usable)
{
    struct arena a;

    arena_init(&a);
    for (int i = 0; i < 3; i++) {
        char *big = arena_alloc(&a, 5000);

        memset(big, 1, 5000);
        cr_assert_not_null(a.chunks);
        arena_reset(&a);
        cr_assert_null(a.chunks);
        cr_assert_eq(arena_alloc(&a, 1), (void *)a.first);
    }
    arena_reset(&a);
}
