#include "input/refuse.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/redact.h"
#include "base/span.h"
#include "base/utf8.h"
#include "input/source.h"
#include "job/job.h"

/* How much is kept of an unusable record's text, and of a file's name. */
#define SHOWN_MAX 2048
#define PLACE_MAX 96

/* Enough for what write_place() writes. */
#define PLACE_TEXT_MAX (PLACE_MAX + 56)

/* Write "urls.jsonl:12: ", or with a column (0: none) "urls.jsonl:12:7: ".  A
 * long path is cut at its start. */
static void
write_place(const struct record *rec, size_t column, char *out, size_t size)
{
    char at[24] = "";

    if (column)
        snprintf(at, sizeof(at), ":%zu", column);
    if (rec->line == 0) {
        snprintf(out, size, "argument%s: ", at);
        return;
    }

    const char *name = rec->place;
    size_t len = strlen(name);
    bool is_cut = len > PLACE_MAX;

    if (is_cut)
        name += len - PLACE_MAX;
    while (is_cut && utf8_continues(*name))
        name++; /* do not start within a character */
    snprintf(out, size, "%s%s:%llu%s: ", is_cut ? "..." : "", name,
             (unsigned long long)rec->line, at);
}

int
record_refuse_at(const struct record *rec, size_t column, struct job *j,
                 const char *code, const char *fmt, va_list args)
{
    char place[PLACE_TEXT_MAX], text[RESULT_MESSAGE_MAX];

    write_place(rec, column, place, sizeof(place));
    vsnprintf(text, sizeof(text), fmt, args);
    result_fail(&j->res, ERR_INPUT, code, PHASE_INPUT, false, "%s%s", place,
                text);
    return -1;
}

int
record_refuse(const struct record *rec, struct job *j, const char *code,
              const char *fmt, ...)
{
    va_list args;
    int ret;

    va_start(args, fmt);
    ret = record_refuse_at(rec, 0, j, code, fmt, args);
    va_end(args);
    return ret;
}

void
record_note_place(const struct record *rec, struct job *j)
{
    char place[PLACE_TEXT_MAX];

    write_place(rec, 0, place, sizeof(place));
    j->place = arena_strdup(&j->mem, place);
}

void
record_show(const struct record *rec, struct job *j)
{
    struct span text = span_cut((struct span){rec->text, rec->len}, SHOWN_MAX);

    if (text.len < rec->len) {
        text.len = redact_cut(text.p, text.len);
        j->first.own |= OWN_URL;
    }
    if (text.len == 0)
        return;
    j->url_given = arena_strndup(&j->mem, text.p, text.len);
    j->url_given_len = text.len;
}
