/*
 * numbers.h - sizes and times as a person reads them, three digits each.
 */
#ifndef NUMBERS_H
#define NUMBERS_H

#include "base/base.h"

/* Room for each of the texts. */
#define NUMBERS_TEXT 24

/* "812 B", "1.23 KiB", "45.6 GiB": powers of 1024. */
const char *numbers_size(uint64_t bytes, char text[NUMBERS_TEXT]);

/* "812 us", "1.23 ms", "45.6 s", and from a minute on as numbers_clock(). */
const char *numbers_time(int64_t us, char text[NUMBERS_TEXT]);

/* "1,234,567", of which NUMBERS_COUNT is the longest. */
#define NUMBERS_COUNT 27
const char *numbers_count(uint64_t n, char text[NUMBERS_COUNT]);

/* "0:07", "12:34", "1:02:03". */
const char *numbers_clock(int64_t us, char text[NUMBERS_TEXT]);

/* A number of things per second: "0.25", "7.5", "813". */
const char *numbers_rate(double per_s, char text[NUMBERS_TEXT]);

#endif /* NUMBERS_H */
