#include "cli/data.h"

#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "cli/table.h"
#include "cli/value.h"

/* Remove line ends and NULs, as curl does for -d @FILE. */
static void
strip_line_ends(struct buf *b)
{
    size_t kept = 0;

    for (size_t i = 0; i < b->len; i++) {
        char c = b->data[i];

        if (c != '\r' && c != '\n' && c != '\0')
            b->data[kept++] = c;
    }
    b->len = kept;
}

/* Append a piece to the body. */
static void
append_piece(struct opts_store *store, const char *piece, size_t len,
             bool is_json)
{
    struct opts *o = &store->opts;
    size_t nsep = is_json || o->data_len == 0 ? 0 : 1;
    char *all = arena_alloc(&store->mem, o->data_len + nsep + len + 1);

    if (o->data_len > 0)
        memcpy(all, o->data, o->data_len);
    if (nsep > 0)
        all[o->data_len] = '&';
    if (len > 0)
        memcpy(all + o->data_len + nsep, piece, len);
    o->data = all;
    o->data_len += nsep + len;
    all[o->data_len] = '\0';
}

/* Encode as application/x-www-form-urlencoded, where a space is "+". */
static void
add_encoded(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (ascii_is_unreserved(text[i]))
            buf_addc(out, text[i]);
        else if (text[i] == ' ')
            buf_addc(out, '+');
        else
            buf_printf(out, "%%%02X", (unsigned char)text[i]);
    }
}

/* The name in a --data-urlencode value ends at the first "=", or without one
 * at the first "@". */
static int
add_urlencode(struct opts_store *store, const struct opt_row *row,
              const char *text)
{
    const char *mark = strchr(text, '=');
    struct buf file = BUF_INIT, piece = BUF_INIT;
    const char *content = text;
    int rc = 0;

    if (!mark)
        mark = strchr(text, '@');
    if (mark) {
        content = mark + 1;
        buf_add(&piece, text, (size_t)(mark - text));
        if (mark > text)
            buf_addc(&piece, '=');
    }
    if (mark && *mark == '@') {
        rc = value_read_file(store, row, content, &file);
        add_encoded(&piece, file.data, file.len);
    } else {
        add_encoded(&piece, content, strlen(content));
    }
    if (rc == 0)
        append_piece(store, piece.data, piece.len, false);
    buf_fini(&file);
    buf_fini(&piece);
    return rc;
}

static int
add_file(struct opts_store *store, const struct opt_row *row, const char *path)
{
    struct buf file = BUF_INIT;
    int rc = value_read_file(store, row, path, &file);

    if (rc == 0 && row->kind == OPT_DATA)
        strip_line_ends(&file);
    if (rc == 0)
        append_piece(store, file.data, file.len, row->kind == OPT_JSON);
    buf_fini(&file);
    return rc;
}

int
data_add(struct opts_store *store, const struct opt_row *row, const char *text)
{
    struct opts *o = &store->opts;

    o->data_is_json = row->kind == OPT_JSON;
    if (row->kind == OPT_DATA_URLENCODE)
        return add_urlencode(store, row, text);
    if (row->kind != OPT_DATA_RAW && *text == '@')
        return add_file(store, row, text + 1);
    if (!o->data) {
        o->data = text;
        o->data_len = strlen(text);
    } else {
        append_piece(store, text, strlen(text), row->kind == OPT_JSON);
    }
    return 0;
}
