#include "base/nearest.h"

#include <string.h>

static size_t
min_size(size_t a, size_t b)
{
    return a < b ? a : b;
}

/*
 * How many letters have to be added, dropped, changed or swapped with their
 * neighbour to get from a to b (optimal string alignment), at most
 * NEAREST_MAX_LEN letters each.
 */
static size_t
edit_distance(const char *a, size_t alen, const char *b, size_t blen)
{
    size_t cost[NEAREST_MAX_LEN + 1][NEAREST_MAX_LEN + 1];

    for (size_t i = 0; i <= alen; i++)
        cost[i][0] = i;
    for (size_t j = 0; j <= blen; j++)
        cost[0][j] = j;
    for (size_t i = 1; i <= alen; i++) {
        for (size_t j = 1; j <= blen; j++) {
            size_t best = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

            best = min_size(best, cost[i - 1][j] + 1);
            best = min_size(best, cost[i][j - 1] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = min_size(best, cost[i - 2][j - 2] + 1);
            cost[i][j] = best;
        }
    }
    return cost[alen][blen];
}

void
nearest_init(struct nearest *n, const char *name, size_t len)
{
    /* Further off than that is a guess. */
    *n = (struct nearest){name, len, 1 + len / 4, NULL, 0};
}

void
nearest_try(struct nearest *n, const char *name, size_t len)
{
    size_t distance;

    if (n->len > NEAREST_MAX_LEN || len > NEAREST_MAX_LEN)
        return;
    distance = edit_distance(n->name, n->len, name, len);
    if (distance < n->best || (distance == n->best && !n->found)) {
        n->best = distance;
        n->found = name;
        n->found_len = len;
    }
}
