/*
 * word_sort.h - rows of 64-bit words sorted where they are.
 *
 * qsort(3) takes as much memory again, and lists of hashes are large.
 */
#ifndef WORD_SORT_H
#define WORD_SORT_H

#include "base/base.h"

/* Rows of two or three words that lie one behind the other, n of them, by
 * their first words, then the second ones, then the third ones. */
void word_sort_pairs(uint64_t *rows, size_t n);
void word_sort_triples(uint64_t *rows, size_t n);

#endif /* WORD_SORT_H */
