/*
 * human.h - sizes and times as a person reads them, three digits each.
 */
#ifndef HUMAN_H
#define HUMAN_H

#include "base/base.h"

/* Room for each of the texts. */
#define HUMAN_TEXT 24

/* "812 B", "1.23 KiB", "45.6 GiB": powers of 1024. */
const char *human_size(uint64_t bytes, char text[HUMAN_TEXT]);

/* "812 us", "1.23 ms", "45.6 s", and from a minute on as human_clock(). */
const char *human_time(int64_t us, char text[HUMAN_TEXT]);

/* "0:07", "12:34", "1:02:03". */
const char *human_clock(int64_t us, char text[HUMAN_TEXT]);

/* A number of things per second: "0.25", "7.5", "813". */
const char *human_rate(double per_s, char text[HUMAN_TEXT]);

#endif /* HUMAN_H */
