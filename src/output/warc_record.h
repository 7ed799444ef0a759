/*
 * warc_record.h - writes one record of an archive into memory: the header
 * fields that it is given, its block, and the compressed bytes of both.
 *
 * Knows the form of a record (WARC 1.1, 5), but not which records an archive
 * has.  Writes nothing to the file.
 */
#ifndef WARC_RECORD_H
#define WARC_RECORD_H

#include <stdatomic.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/siphash.h"
#include "output/warc_file.h"
#include "output/warc_seen.h"

struct gzip_pool;
struct message;

/* The most parts of one record. */
#define WARC_RECORD_PARTS 5

/* In place of a part's descriptor: the part is a file that is not open. */
#define WARC_RECORD_NOT_OPEN (-2)

/* The source of the records' ids.  Any thread may use it. */
struct warc_ids {
    struct siphash_key key; /* random */
    _Atomic uint64_t n;     /* of the ids so far */
};
void warc_ids_init(struct warc_ids *ids);

struct warc_record {
    char id[WARC_ID];
    struct buf fields; /* its header */
    struct buf front,
        back; /* the compressed bytes before and behind the temporary file */
    const struct message
        *m;       /* the message with the temporary file; NULL: there is none */
    int fd;       /* of that file; -1: not open */
    uint64_t len; /* its size in the archive */
    struct warc_part parts[WARC_RECORD_PARTS]; /* that it is made of */
    size_t nparts;
};

void warc_record_init(struct warc_ids *ids, struct warc_record *r);
void warc_record_fini(struct warc_record *r);

/* Begin a record's header. at_us is its wall clock time. */
void warc_record_begin(struct warc_record *r, const char *type, int64_t at_us);

/* Append a field to the header: a text, an id, a SHA-256 in hexadecimal
 * digits, or a URL without its credentials. */
void warc_record_put_field(struct warc_record *r, const char *name,
                           const char *value);
void warc_record_put_id(struct warc_record *r, const char *name,
                        const char *id);
void warc_record_put_digest(struct warc_record *r, const char *name,
                            const char *hex);
void warc_record_put_url(struct warc_record *r, const char *name,
                         const char *url);

/*
 * Complete a record: end its header and make its parts.  The block consists of
 * head, the temporary file of m (NULL: none) and tail, which must stay valid
 * until the record is written.
 *
 * gzip  compresses the record; NULL: it is not compressed
 */
void warc_record_finish(struct gzip_pool *gzip, struct warc_record *r,
                        const struct buf *head, const struct message *m,
                        const struct buf *tail);

/* Append the URL as a URI, without credentials. */
void warc_put_uri(struct buf *out, const char *url);

/* Append text that may be anything, such as a file's name, as a field's value:
 * control bytes and bytes that are not UTF-8 become U+FFFD. */
void warc_put_text(struct buf *out, const char *s);

#endif /* WARC_RECORD_H */
