/*
 * page_chart.h - charts as SVG.
 *
 * A chart is as wide as the page lets it be and keeps its height, and its
 * text its size: positions are shares of the width.
 */
#ifndef PAGE_CHART_H
#define PAGE_CHART_H

#include "base/base.h"
#include "report/numbers.h"

struct buf;

/* The kind of a chart's values, which decides where its grid lines are. */
enum chart_scale {
    CHART_NUMBER, /* from 0 on */
    CHART_BYTES,  /* from 0 on, a second */
    CHART_TIME,   /* microseconds, logarithmic */
};

/* A label of the horizontal axis, or a line through the chart. */
struct chart_mark {
    double at; /* 0: the left edge, 1: the right one */
    char text[NUMBERS_TEXT];
};

struct chart {
    const char *id;          /* unique in the page */
    const char *title;       /* for screen readers, plain text */
    const char *description; /* the same */
    enum chart_scale scale;
    size_t nslots;              /* stretches of the horizontal axis, >= 1 */
    size_t nseries;             /* values for each of them */
    const double *values;       /* slot by slot; below 0: none */
    const char *const *classes; /* of each series, for the style sheet */
    const struct chart_mark *ticks;
    size_t nticks;
    const struct chart_mark *lines; /* upright ones; their labels go below
                                       each other */
    size_t nlines;
    /* Append the HTML text shown for the slot under the mouse.  Nothing: the
     * slot shows nothing. */
    void (*tell)(struct buf *out, const void *ctx, size_t slot);
    const void *ctx;
};

/* Bars, of which the series are stacked in their order, from below. */
void chart_bars(struct buf *out, const struct chart *c);

/* A line for each series, level within each slot. */
void chart_lines(struct buf *out, const struct chart *c);

/* Labels at round moments of an axis that is total_us > 0 long, from 0 on: "40
 * s", "5 min", "2 h".  Returns how many there are. */
#define CHART_MOMENTS 8
size_t chart_moments(int64_t total_us, struct chart_mark ticks[CHART_MOMENTS]);

/* Take zeros from a text as numbers.h makes it, "4.00 MiB": a limit is no
 * measurement.  Returns text. */
const char *chart_drop_zeros(char *text);

#endif /* PAGE_CHART_H */
