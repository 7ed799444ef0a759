/*
 * word_sort.h - sorts rows of 64-bit words in place.
 *
 * qsort(3) would allocate as much memory again, and lists of hashes are large.
 */
#ifndef WORD_SORT_H
#define WORD_SORT_H

#include "base/base.h"

/* Sort n rows of two or three words, stored one after another, by the first
 * word, then the second, then the third. */
void word_sort_pairs(uint64_t *rows, size_t n);
void word_sort_triples(uint64_t *rows, size_t n);

#endif /* WORD_SORT_H */
