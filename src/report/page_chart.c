#include "report/page_chart.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "report/html.h"

/* The area in which values are drawn, in pixels. */
#define TOP    8
#define HEIGHT 180
#define BOTTOM (TOP + HEIGHT)

/* A bar that is above 0 is seen. */
#define LEAST_HEIGHT 1.5

/* Bars leave room for the labels of upright lines. */
#define LABEL_ROOM 1.35

/* Columns beside it: labels of the vertical axis. */
#define AXIS_WIDTH 62

#define MAX_STEPS 6 /* of a linear scale */
#define MAX_TICKS 40

/* The vertical axis. */
struct scale {
    bool is_log;
    double low, high;
    double ticks[MAX_TICKS];
    size_t nticks;
};

static double
value_at(const struct chart *c, size_t slot, size_t series)
{
    return c->values[slot * c->nseries + series];
}

/* --------------------------------------------------------------- scales */

/* The greatest power of ten that is not above value > 0. */
static double
decade_of(double value)
{
    return pow(10, floor(log10(value) + 1e-9));
}

/* 1, 2 or 5 times a power of ten, and then the next one. */
static double
next_round(double value)
{
    double decade = decade_of(value);
    double digit = round(value / decade);

    if (digit < 2)
        return 2 * decade;
    return digit < 5 ? 5 * decade : 10 * decade;
}

/* The greatest round number that is at most value, which is above 0. */
static double
round_below(double value)
{
    double decade = decade_of(value);

    if (value >= 5 * decade)
        return 5 * decade;
    return value >= 2 * decade ? 2 * decade : decade;
}

/* The step of a linear scale up to max > 0. */
static double
step_for(enum chart_scale kind, double max)
{
    double step = max / MAX_STEPS, round;

    if (kind == CHART_BYTES)
        return step <= 1 ? 1 : pow(2, ceil(log2(step)));
    round = round_below(step);
    return round < step ? next_round(round) : round;
}

static void
scale_linear(const struct chart *c, struct scale *s)
{
    double max = 0, step;

    for (size_t i = 0; i < c->nslots; i++) {
        double sum = 0;

        for (size_t k = 0; k < c->nseries; k++)
            sum += fmax(value_at(c, i, k), 0);
        max = fmax(max, sum);
    }
    if (c->nlines > 0)
        max *= LABEL_ROOM;
    step = step_for(c->scale, max > 0 ? max : 1);
    s->high = fmax(ceil(max / step - 1e-9), 1) * step;
    for (int i = 0; i * step <= s->high * 1.001 && s->nticks < MAX_TICKS; i++)
        s->ticks[s->nticks++] = i * step;
}

static void
scale_log(const struct chart *c, struct scale *s)
{
    double min = HUGE_VAL, max = 1, tick;
    bool decades_alone;

    for (size_t i = 0; i < c->nslots * c->nseries; i++) {
        if (c->values[i] < 0)
            continue;
        min = fmin(min, c->values[i]);
        max = fmax(max, c->values[i]);
    }
    s->is_log = true;
    s->low = round_below(fmax(fmin(min, max), 1));
    s->high = round_below(max);
    while (s->high < max || s->high <= s->low)
        s->high = next_round(s->high);
    decades_alone = s->high / s->low > 500;
    if (decades_alone) {
        s->low = decade_of(s->low);
        s->high = decade_of(s->high * 9.99);
    }
    for (tick = s->low; tick <= s->high * 1.001 && s->nticks < MAX_TICKS;
         tick = next_round(tick)) {
        double exponent = log10(tick);

        if (!decades_alone || fabs(exponent - round(exponent)) < 0.01)
            s->ticks[s->nticks++] = tick;
    }
}

static void
find_scale(const struct chart *c, struct scale *s)
{
    *s = (struct scale){0};
    if (c->scale == CHART_TIME)
        scale_log(c, s);
    else
        scale_linear(c, s);
}

/* Pixels from the top. */
static double
y_of(const struct scale *s, double value)
{
    double share =
        s->is_log ? log(fmax(value, s->low) / s->low) / log(s->high / s->low)
                  : value / s->high;

    return BOTTOM - HEIGHT * fmin(share, 1);
}

/* ---------------------------------------------------------------- axes */

const char *
chart_drop_zeros(char *text)
{
    char *dot = strchr(text, '.'), *p = dot;

    if (!dot)
        return text;
    for (p++; *p == '0'; p++)
        continue;
    if (*p == ' ' || *p == '\0')
        memmove(dot, p, strlen(p) + 1);
    return text;
}

static const char *
name_tick(enum chart_scale kind, double value, char text[NUMBERS_TEXT])
{
    if (kind == CHART_TIME)
        numbers_time((int64_t)(value + 0.5), text);
    else if (kind == CHART_BYTES)
        numbers_size((uint64_t)(value + 0.5), text);
    else if (value >= 1e6)
        snprintf(text, NUMBERS_TEXT, "%gM", value / 1e6);
    else if (value >= 1e4)
        snprintf(text, NUMBERS_TEXT, "%gk", value / 1e3);
    else
        snprintf(text, NUMBERS_TEXT, "%g", value);
    if (kind != CHART_NUMBER)
        (void)chart_drop_zeros(text);
    return text;
}

static void
draw_vertical_axis(struct buf *out, const struct chart *c,
                   const struct scale *s)
{
    buf_printf(out,
               "<svg class=\"axis\" width=\"%d\" height=\"%d\" "
               "aria-hidden=\"true\">",
               AXIS_WIDTH, BOTTOM + TOP);
    for (size_t i = 0; i < s->nticks; i++) {
        char text[NUMBERS_TEXT];

        buf_printf(out, "<text class=\"end\" x=\"%d\" y=\"%.1f\">%s</text>",
                   AXIS_WIDTH - 8, y_of(s, s->ticks[i]) + 4,
                   name_tick(c->scale, s->ticks[i], text));
    }
    buf_addstr(out, "</svg>");
}

/* Labels at the edges stay within. */
static const char *
anchor_of(double at)
{
    if (at < 0.03)
        return "start";
    return at > 0.95 ? "end" : "middle";
}

static void
draw_horizontal_axis(struct buf *out, const struct chart *c)
{
    buf_addstr(out, "<svg class=\"axis across\" width=\"100%\" height=\"20\" "
                    "aria-hidden=\"true\">");
    for (size_t i = 0; i < c->nticks; i++)
        buf_printf(out, "<text class=\"%s\" x=\"%.3f%%\" y=\"14\">%s</text>",
                   anchor_of(c->ticks[i].at), 100 * c->ticks[i].at,
                   c->ticks[i].text);
    buf_addstr(out, "</svg>");
}

/* ----------------------------------------------------------------- area */

static void
begin(struct buf *out, const struct chart *c, const struct scale *s)
{
    buf_addstr(out, "<div class=\"plot\">");
    draw_vertical_axis(out, c, s);
    buf_printf(out,
               "<svg class=\"area\" width=\"100%%\" height=\"%d\" role=\"img\" "
               "aria-labelledby=\"%s-title %s-desc\"><title id=\"%s-title\">",
               BOTTOM + TOP, c->id, c->id, c->id);
    html_text(out, c->title);
    buf_printf(out, "</title><desc id=\"%s-desc\">", c->id);
    html_text(out, c->description);
    buf_addstr(out, "</desc>\n");
    for (size_t i = 0; i < s->nticks; i++) {
        double y = y_of(s, s->ticks[i]);

        buf_printf(out,
                   "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" "
                   "y2=\"%.1f\"/>",
                   i == 0 ? "base" : "grid", y, y);
    }
    buf_addc(out, '\n');
}

/* Draw the text of each slot on top, so that the mouse finds it. */
static void
draw_hints(struct buf *out, const struct chart *c)
{
    struct buf text = BUF_INIT;
    double width = 100.0 / (double)c->nslots;

    for (size_t i = 0; i < c->nslots; i++) {
        buf_clear(&text);
        c->tell(&text, c->ctx, i);
        if (text.len == 0)
            continue;
        buf_printf(out,
                   "<rect class=\"hint\" x=\"%.3f%%\" width=\"%.3f%%\" "
                   "y=\"%d\" height=\"%d\"><title>",
                   (double)i * width, width, TOP, HEIGHT);
        buf_add(out, text.data, text.len);
        buf_addstr(out, "</title></rect>\n");
    }
    buf_fini(&text);
}

/* Upright lines, and above them their labels. */
static void
draw_lines(struct buf *out, const struct chart *c)
{
    for (size_t i = 0; i < c->nlines; i++)
        buf_printf(out,
                   "<line class=\"mark\" x1=\"%.3f%%\" x2=\"%.3f%%\" y1=\"%d\" "
                   "y2=\"%d\"/>\n",
                   100 * c->lines[i].at, 100 * c->lines[i].at, TOP, BOTTOM);
    for (size_t i = 0; i < c->nlines; i++) {
        const struct chart_mark *m = &c->lines[i];
        bool is_right = m->at > 0.7;

        buf_printf(out,
                   "<text class=\"%s\" x=\"%.3f%%\" dx=\"%d\" y=\"%d\">%s"
                   "</text>\n",
                   is_right ? "end" : "start", 100 * m->at, is_right ? -5 : 5,
                   TOP + 10 + 16 * (int)i, m->text);
    }
}

static void
end(struct buf *out, const struct chart *c)
{
    draw_lines(out, c);
    draw_hints(out, c);
    buf_addstr(out, "</svg>");
    draw_horizontal_axis(out, c);
    buf_addstr(out, "</div>\n");
}

void
chart_bars(struct buf *out, const struct chart *c)
{
    double slot = 100.0 / (double)c->nslots, width = slot * 0.86;
    struct scale s;

    find_scale(c, &s);
    begin(out, c, &s);
    for (size_t i = 0; i < c->nslots; i++) {
        double y = BOTTOM;

        for (size_t k = 0; k < c->nseries; k++) {
            double value = value_at(c, i, k), height;

            if (value <= 0)
                continue;
            height = fmax(BOTTOM - y_of(&s, value), LEAST_HEIGHT);
            y = fmax(y - height, 0);
            buf_printf(out,
                       "<rect class=\"%s\" x=\"%.3f%%\" width=\"%.3f%%\" "
                       "y=\"%.1f\" height=\"%.1f\"/>\n",
                       c->classes[k], (double)i * slot + (slot - width) / 2,
                       width, y, height);
        }
    }
    end(out, c);
}

/* One series as a path, in slots across and pixels down. */
static void
draw_path(struct buf *out, const struct chart *c, const struct scale *s,
          size_t series)
{
    bool is_down = false; /* the pen */

    buf_printf(out, "<path class=\"line %s\" d=\"", c->classes[series]);
    for (size_t i = 0; i < c->nslots; i++) {
        double value = value_at(c, i, series);

        if (value >= 0 && !is_down)
            buf_printf(out, "M%zu %.1f", i, y_of(s, value));
        else if (value >= 0)
            buf_printf(out, "V%.1f", y_of(s, value));
        if (value >= 0)
            buf_printf(out, "H%zu", i + 1);
        is_down = value >= 0;
    }
    buf_addstr(out, "\"/>\n");
}

void
chart_lines(struct buf *out, const struct chart *c)
{
    struct scale s;

    find_scale(c, &s);
    begin(out, c, &s);
    buf_printf(out,
               "<svg width=\"100%%\" height=\"%d\" viewBox=\"0 0 %zu %d\" "
               "preserveAspectRatio=\"none\">\n",
               BOTTOM + TOP, c->nslots, BOTTOM + TOP);
    for (size_t k = 0; k < c->nseries; k++)
        draw_path(out, c, &s, k);
    buf_addstr(out, "</svg>\n");
    end(out, c);
}

/* ------------------------------------------------------ an axis of time */

/* "0.5 s", "40 s", "5 min", "2 h", "3 d": a multiple of step_us. */
static void
name_moment(int64_t us, int64_t step_us, char text[NUMBERS_TEXT])
{
    int64_t s = us / US_PER_S;

    if (us == 0)
        snprintf(text, NUMBERS_TEXT, "0");
    else if (step_us < US_PER_S)
        snprintf(text, NUMBERS_TEXT, "%g s", (double)us / 1e6);
    else if (step_us < 60 * US_PER_S)
        snprintf(text, NUMBERS_TEXT, "%" PRId64 " s", s);
    else if (step_us < 3600 * US_PER_S)
        snprintf(text, NUMBERS_TEXT, "%" PRId64 " min", s / 60);
    else if (step_us < 86400 * US_PER_S)
        snprintf(text, NUMBERS_TEXT, "%" PRId64 " h", s / 3600);
    else
        snprintf(text, NUMBERS_TEXT, "%" PRId64 " d", s / 86400);
}

/* The distance of labels, for some five of them. */
static int64_t
distance_for(int64_t total_us)
{
    static const int64_t steps_ms[] = {
        50,       100,      200,      500,      1000,      2000,
        5000,     10000,    15000,    30000,    60000,     120000,
        300000,   600000,   1200000,  1800000,  3600000,   7200000,
        14400000, 21600000, 43200000, 86400000, 172800000, 432000000,
    };
    size_t i = 0;
    int64_t step;

    while (i + 1 < ARRAY_LEN(steps_ms) &&
           total_us / (steps_ms[i] * US_PER_MS) >= 6)
        i++;
    for (step = steps_ms[i] * US_PER_MS; total_us / step >= 6;)
        step *= 2;
    return step;
}

size_t
chart_moments(int64_t total_us, struct chart_mark ticks[CHART_MOMENTS])
{
    int64_t step = distance_for(total_us);
    size_t n = 0;

    for (int64_t at = 0; at <= total_us && n < CHART_MOMENTS; at += step) {
        ticks[n].at = (double)at / (double)total_us;
        name_moment(at, step, ticks[n++].text);
    }
    return n;
}
