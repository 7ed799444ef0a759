/*
 * fuzz_csv.c - bytes to rows, fields and a job, whatever the pieces.
 *
 * The first byte is the size of the pieces, its lowest bit the separator; the
 * rest is the file.  What comes in pieces must be what comes at once; records
 * lie in the file one behind the other; and a row's fields, written with
 * quotes, are read as the same fields again.
 */
#include "fuzz.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_reader.h"
#include "input/csv.h"
#include "input/lines.h"
#include "input/request_csv.h"
#include "input/source.h"
#include "job/job.h"

struct run {
    char separator;
    struct csv_head *head;
    struct job_pool *pool;
    struct buf shown; /* all that came: number, length, flaw */
    const char *file;
    size_t len;
    size_t at; /* everything before it was in a record */
};

/* The fields, quoted or not, joined again. */
static void
join(struct span record, char separator, struct arena *mem, struct buf *out)
{
    struct csv_walk walk;
    struct span field;

    csv_walk_init(&walk, record, separator);
    for (bool is_first = true; csv_walk_field(&walk, mem, &field);
         is_first = false) {
        if (!is_first)
            buf_addc(out, separator);
        buf_addc(out, '"');
        for (size_t i = 0; i < field.len; i++) {
            buf_addc(out, field.p[i]);
            if (field.p[i] == '"')
                buf_addc(out, '"');
        }
        buf_addc(out, '"');
    }
}

static void
check_fields(struct span record, char separator)
{
    struct buf once = BUF_INIT, twice = BUF_INIT;
    enum csv_state state = CSV_START;
    struct arena mem;
    size_t at = 0;

    arena_init(&mem);
    join(record, separator, &mem, &once);
    check(csv_scan(once.data, once.len, separator, &state, &at) == CSV_MORE);
    check(at == once.len && state == CSV_CLOSED);
    join((struct span){once.data, once.len}, separator, &mem, &twice);
    check(once.len >= 2 && once.len == twice.len);
    check(memcmp(once.data, twice.data, once.len) == 0);
    arena_reset(&mem);
    buf_fini(&once);
    buf_fini(&twice);
}

static void
check_row(struct run *r, const struct line *line)
{
    struct record rec = {
        .text = line->text,
        .len = line->len,
        .place = "fuzz",
        .line = line->number,
        .flaw = line->flaw ? RECORD_BAD_QUOTES : RECORD_OK,
        .why = line->flaw,
        .head = r->head,
    };
    struct job *j = job_new(r->pool);
    struct span_flaw flaw;
    int ret = request_csv_parse(&rec, j);

    check((ret == 0) == (j->res.error.class == ERR_NONE));
    check(ret < 0 || j->url_given_len > 0);
    if (j->meta)
        check(span_is_json((struct span){j->meta, strlen(j->meta)}, &flaw));
    if (j->id)
        check(span_is_json((struct span){j->id, strlen(j->id)}, &flaw));
    job_free(r->pool, j);
}

static void
on_line(struct run *r, const struct line *line)
{
    struct span record = {line->text, line->len};
    struct buf why = BUF_INIT;

    buf_printf(&r->shown, "%llu %zu %d\n", (unsigned long long)line->number,
               line->len, line->flaw != NULL);
    check(r->at + line->len <= r->len);
    check(memcmp(r->file + r->at, line->text, line->len) == 0);
    r->at += line->len;
    if (r->at < r->len && r->file[r->at] == '\r')
        r->at++;
    if (r->at < r->len && r->file[r->at] == '\n')
        r->at++;
    if (!line->flaw)
        check_fields(record, r->separator);
    if (r->head)
        check_row(r, line);
    else if (!line->flaw)
        r->head = csv_head_new(record, r->separator, &why);
    buf_fini(&why);
}

static void
run(struct run *r, size_t piece)
{
    struct lines *l = lines_new();
    struct line line;

    lines_set_separator(l, r->separator);
    r->at = r->len >= 3 && memcmp(r->file, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    for (size_t fed = 0; fed < r->len;) {
        size_t space_size, n = r->len - fed;
        char *space = lines_space(l, &space_size);

        n = n < piece ? n : piece;
        n = n < space_size ? n : space_size;
        memcpy(space, r->file + fed, n);
        lines_filled(l, n);
        fed += n;
        while (lines_next(l, &line))
            on_line(r, &line);
    }
    lines_end(l);
    while (lines_next(l, &line))
        on_line(r, &line);
    check(r->at == r->len);
    check(!lines_is_unclosed(l));
    lines_free(l);
    csv_head_free(r->head);
    r->head = NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct run r = {.pool = job_pool_new()};
    struct buf whole = BUF_INIT;

    /* Below a record's limit: beyond it what is given isn't what is there. */
    if (size > 0 && size < LINE_MAX_BYTES) {
        r.separator = data[0] & 1 ? '\t' : ',';
        r.file = (const char *)data + 1;
        r.len = size - 1;
        run(&r, r.len + 1);
        whole = r.shown;
        r.shown = (struct buf)BUF_INIT;
        run(&r, (size_t)data[0] / 2 + 1);
        check(whole.len == r.shown.len);
        check(whole.len == 0 ||
              memcmp(whole.data, r.shown.data, whole.len) == 0);
    }
    job_pool_free(r.pool);
    buf_fini(&whole);
    buf_fini(&r.shown);
    return 0;
}
