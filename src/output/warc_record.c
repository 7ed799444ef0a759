#include "output/warc_record.h"

#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "body/capture.h"
#include "body/gzip.h"

/* Size of a record's header without long URLs. */
#define FIELDS_BYTES 1024

static const char record_end[] = "\r\n\r\n";
#define RECORD_END_BYTES (sizeof(record_end) - 1)

/* ---------------------------------------------------------------- its id */

void
warc_ids_init(struct warc_ids *ids)
{
    ids->key = siphash_key_new();
    ids->n = 0;
}

/* Make a random UUID (RFC 9562, 5.4) as a URI: a hash of the number of ids so
 * far, with a random key. */
static void
make_id(struct warc_ids *ids, char id[WARC_ID])
{
    static const char hex[] = "0123456789abcdef";
    static const char prefix[] = "urn:uuid:";
    uint64_t n = ids->n++;
    struct siphash_hash hash = siphash_hash(&ids->key, &n, sizeof(n));
    unsigned char bytes[16];
    char *out = stpcpy(id, prefix);

    memcpy(bytes, hash.word, sizeof(bytes));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *out++ = '-';
        *out++ = hex[bytes[i] >> 4];
        *out++ = hex[bytes[i] & 15];
    }
    *out = '\0';
}

/* ------------------------------------------------------------- its header */

/* Append a field: its name, ": ", a prefix of the value, and the value. */
static void
put_parts(struct warc_record *r, const char *name, const char *before,
          const char *value, const char *end)
{
    buf_addstr(&r->fields, name);
    buf_addstr(&r->fields, before);
    buf_addstr(&r->fields, value);
    buf_addstr(&r->fields, end);
}

void
warc_record_put_field(struct warc_record *r, const char *name,
                      const char *value)
{
    put_parts(r, name, ": ", value, "\r\n");
}

void
warc_record_put_id(struct warc_record *r, const char *name, const char *id)
{
    put_parts(r, name, ": <", id, ">\r\n");
}

void
warc_record_put_digest(struct warc_record *r, const char *name, const char *hex)
{
    put_parts(r, name, ": sha256:", hex, "\r\n");
}

void
warc_record_init(struct warc_ids *ids, struct warc_record *r)
{
    *r = (struct warc_record){.fd = -1};
    make_id(ids, r->id);
    buf_reserve(&r->fields, FIELDS_BYTES);
}

void
warc_record_begin(struct warc_record *r, const char *type, int64_t at_us)
{
    char date[CLOCK_TEXT];

    clock_format(at_us, date);
    buf_addstr(&r->fields, "WARC/1.1\r\n");
    warc_record_put_field(r, "WARC-Type", type);
    warc_record_put_id(r, "WARC-Record-ID", r->id);
    warc_record_put_field(r, "WARC-Date", date);
}

static bool
is_uri_byte(unsigned char c)
{
    return c > ' ' && c < 0x7f && c != '<' && c != '>';
}

void
warc_put_uri(struct buf *out, const char *url)
{
    const char *host = strstr(url, "://"), *at = NULL;

    if (host) {
        host += strlen("://");
        at = memrchr(host, '@', strcspn(host, "/?#"));
        buf_add(out, url, (size_t)(host - url));
    } else {
        host = url;
    }
    for (const char *s = at ? at + 1 : host; *s;) {
        size_t n = 0;

        while (is_uri_byte((unsigned char)s[n]))
            n++;
        buf_add(out, s, n);
        s += n;
        if (*s)
            buf_printf(out, "%%%02X", (unsigned char)*s++);
    }
}

void
warc_put_text(struct buf *out, const char *s)
{
    size_t left = strlen(s), n;

    for (; left > 0; s += n, left -= n) {
        bool is_control = (unsigned char)*s < ' ' || *s == 0x7f;

        n = is_control ? 0 : utf8_char((const unsigned char *)s, left);
        if (n > 0) {
            buf_add(out, s, n);
        } else {
            buf_addstr(out, "\xef\xbf\xbd");
            n = 1;
        }
    }
}

void
warc_record_put_url(struct warc_record *r, const char *name, const char *url)
{
    buf_addstr(&r->fields, name);
    buf_addstr(&r->fields, ": ");
    warc_put_uri(&r->fields, url);
    buf_addstr(&r->fields, "\r\n");
}

/* -------------------------------------------------------------- its parts */

static void
add_part(struct warc_record *r, const void *data, size_t len)
{
    assert(r->nparts < WARC_RECORD_PARTS);
    r->parts[r->nparts++] = (struct warc_part){data, len, -1};
    r->len += len;
}

/*
 * Add a message's temporary file, which is opened when the record is written.
 */
static void
add_file(struct warc_record *r, const struct message *m)
{
    if (!m)
        return;
    r->m = m;
    r->parts[r->nparts++] = (struct warc_part){NULL, 0, WARC_RECORD_NOT_OPEN};
    r->len += m->temp_bytes;
}

/* Compress a record as one member: header and head, the file, the rest.  A
 * small record is a single piece, which compresses better. */
static void
compress(struct gzip_pool *gzip, struct warc_record *r, const struct buf *head,
         const struct message *m, const struct buf *tail)
{
    struct buf *fields = &r->fields;
    bool is_apart = m || gzip_is_dense(tail->data, tail->len);
    uint64_t size = fields->len + head->len + tail->len + RECORD_END_BYTES;
    uint32_t crc;

    buf_add(fields, head->data, head->len);
    if (!is_apart) {
        buf_add(fields, tail->data, tail->len);
        buf_add(fields, record_end, RECORD_END_BYTES);
    }
    crc = gzip_crc(0, fields->data, fields->len);
    buf_reserve(&r->front, GZIP_HEADER);
    r->front.len = GZIP_HEADER;
    gzip_piece(gzip, fields->data, fields->len, &r->front);
    if (m) {
        crc = gzip_crc_join(crc, m->crc, m->spooled);
        size += m->spooled;
    }
    if (is_apart) {
        crc = gzip_crc(crc, tail->data, tail->len);
        crc = gzip_crc(crc, record_end, RECORD_END_BYTES);
        gzip_piece(gzip, tail->data, tail->len, &r->back);
        gzip_store(record_end, RECORD_END_BYTES, &r->back);
    }
    gzip_tail(&r->back, crc, size);
    add_part(r, r->front.data, r->front.len);
    add_file(r, m);
    add_part(r, r->back.data, r->back.len);
    gzip_header((unsigned char *)r->front.data, r->len);
}

void
warc_record_finish(struct gzip_pool *gzip, struct warc_record *r,
                   const struct buf *head, const struct message *m,
                   const struct buf *tail)
{
    uint64_t block = head->len + tail->len + (m ? m->spooled : 0);

    buf_printf(&r->fields, "Content-Length: %llu\r\n\r\n",
               (unsigned long long)block);
    if (gzip) {
        compress(gzip, r, head, m, tail);
        return;
    }
    add_part(r, r->fields.data, r->fields.len);
    add_part(r, head->data, head->len);
    add_file(r, m);
    add_part(r, tail->data, tail->len);
    add_part(r, record_end, RECORD_END_BYTES);
}

void
warc_record_fini(struct warc_record *r)
{
    if (r->fd >= 0)
        close(r->fd);
    buf_fini(&r->fields);
    buf_fini(&r->front);
    buf_fini(&r->back);
}
