#include "input/request_csv.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_writer.h"
#include "base/span.h"
#include "input/csv.h"
#include "input/kept_request.h"
#include "input/lines.h"
#include "input/refuse.h"
#include "input/source.h"
#include "job/http.h"
#include "job/job.h"

/* How much of a field is shown in a message. */
#define SEEN_MAX 48

/* Compare the number of fields with the columns. */
static int
check_width(const struct record *rec, struct job *j)
{
    size_t ncolumns = csv_head_ncolumns(rec->head), nfields = 0;
    struct csv_walk walk;
    struct span field;

    csv_walk_init(&walk, (struct span){rec->text, rec->len},
                  csv_head_separator(rec->head));
    while (csv_walk_field(&walk, NULL, &field))
        nfields++;
    if (nfields == ncolumns)
        return 0;
    return record_refuse(rec, j, "csv_invalid",
                         "the row has %zu field%s, and the header row %zu",
                         nfields, nfields == 1 ? "" : "s", ncolumns);
}

/* A JSON string in the arena. */
static const char *
keep_quoted(struct job *j, struct span text)
{
    struct buf out = BUF_INIT;
    const char *kept;

    jsonw_string_n(&out, text.p, text.len);
    kept = arena_strndup(&j->mem, out.data, out.len);
    buf_fini(&out);
    return kept;
}

static void
add_meta(struct buf *meta, const struct csv_column *column, struct span field)
{
    buf_addc(meta, meta->len == 0 ? '{' : ',');
    buf_add(meta, column->key, column->key_len);
    buf_addc(meta, ':');
    jsonw_string_n(meta, field.p, field.len);
}

static void
take_body(struct job *j, struct span field)
{
    if (field.len == 0)
        return;
    j->first.own |= OWN_BODY;
    j->first.body_kind = BODY_RAW;
    j->first.body = arena_strndup(&j->mem, field.p, field.len);
    j->first.body_len = field.len;
}

static void
take_field(struct job *j, const struct csv_column *column, struct span field,
           struct buf *meta)
{
    switch (column->role) {
    case CSV_META:
        add_meta(meta, column, field);
        break;
    case CSV_URL:
        field = span_trim_mark(field);
        if (field.len == 0)
            break;
        j->url_given = arena_strndup(&j->mem, field.p, field.len);
        j->url_given_len = field.len;
        break;
    case CSV_ID:
        if (field.len > 0)
            j->id = keep_quoted(j, field);
        break;
    case CSV_METHOD:
        field = span_trim(field);
        if (field.len > 0) {
            j->first.method = arena_strndup(&j->mem, field.p, field.len);
            j->first.own |= OWN_METHOD;
        }
        break;
    case CSV_BODY:
        take_body(j, field);
        break;
    }
}

static int
check_request(const struct record *rec, struct job *j)
{
    const char *method = j->first.method;

    if (j->url_given_len == 0)
        return record_refuse(rec, j, "url_missing", "'url' is empty");
    if (method && !http_is_token(method, strlen(method))) {
        struct span seen =
            span_cut((struct span){method, strlen(method)}, SEEN_MAX);

        return record_refuse(rec, j, "method_invalid",
                             "'method' must be a word like GET, not '%.*s'",
                             (int)seen.len, seen.p);
    }
    return 0;
}

static int
take_fields(const struct record *rec, struct job *j)
{
    struct buf meta = BUF_INIT;
    struct csv_walk walk;
    struct span field;

    csv_walk_init(&walk, (struct span){rec->text, rec->len},
                  csv_head_separator(rec->head));
    for (size_t i = 0; csv_walk_field(&walk, &j->mem, &field); i++)
        take_field(j, csv_head_column(rec->head, i), field, &meta);
    if (meta.len > 0) {
        buf_addc(&meta, '}');
        j->meta = arena_strndup(&j->mem, meta.data, meta.len);
    }
    buf_fini(&meta);
    if (j->keeps_request)
        kept_request_make(j);
    return check_request(rec, j);
}

/* Nothing of a row without fields is shown: it may have a password anywhere. */
int
request_csv_parse(const struct record *rec, struct job *j)
{
    switch (rec->flaw) {
    case RECORD_OK:
        if (check_width(rec, j) < 0)
            return -1;
        return take_fields(rec, j);
    case RECORD_TOO_LONG:
        return record_refuse(rec, j, "line_too_long",
                             "the row is over %d bytes", LINE_MAX_BYTES);
    case RECORD_HAS_NUL:
        return record_refuse(rec, j, "nul_byte",
                             "the row has a NUL byte in it");
    case RECORD_BAD_QUOTES:
    case RECORD_BAD_XML:
        break;
    }
    return record_refuse(rec, j, "csv_invalid", "%s", rec->why);
}
