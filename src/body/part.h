/*
 * part.h - the beginnings of files, which later requests continue
 * (--continue).
 *
 * The body of a response with a strong validator is written to
 * ".fanfetch-KEY.part", where KEY is a hash of what was asked.  The validator
 * is in ".fanfetch-KEY.note" beside it, which is written before the first byte
 * of the body.  Both files survive the end of the process, however it ends. The
 * next request for the same URL asks for the rest with Range and If-Range
 * (RFC 9110, 13.1.5).
 *
 * Two versions are never joined: bytes are added only if the answer is a 206
 * with the Content-Range that was asked for, the known length and the same
 * validator.  Only the folder's descriptor is kept open.
 */
#ifndef PART_H
#define PART_H

#include "base/base.h"
#include "body/store.h"

struct buf;
struct digest;
struct part;
struct parts;

/*
 * Open the parts of a run.  Returns NULL if the folder cannot be read, or if
 * another process continues files in it; this was reported.  The store must
 * outlive them.
 */
NODISCARD struct parts *parts_open(struct store *s);
void parts_close(struct parts *all); /* NULL is fine */

/*
 * Take the part of a request.  Returns NULL if another transfer of the run has
 * it.  Existing files are read, or removed if they are useless.
 *
 * own  what else the record asks (request_hash of the job); NULL: nothing
 */
NODISCARD struct part *part_claim(struct parts *all, const char *url,
                                  const char *own);

/* Give it back.  Its files stay as they are. */
void part_release(struct part *p);

/* Remove the files. */
void part_discard(struct part *p);

/* The bytes of an earlier request; 0: none. */
int64_t part_size(const struct part *p);

/* The length of the whole body; -1: unknown. */
int64_t part_total(const struct part *p);

/* The value of If-Range.  Only with part_size() > 0. */
const char *part_validator(const struct part *p);

/* Headers of the first answer, or NULL if it did not have them. */
const char *part_type(const struct part *p);
const char *part_disposition(const struct part *p);

/*
 * Read the bytes of earlier requests, a slice with each call: hash them and
 * copy the first ones.  Returns true when that is done; false: call again.
 *
 * d     gets all bytes; NULL: they need no hash
 * head  gets the first head_max bytes
 */
NODISCARD bool part_catch_up(struct part *p, struct digest *d, struct buf *head,
                             size_t head_max);

/* Headers of an answer.  A text is NULL if there is no such header. */
struct part_answer {
    int status;
    const char *etag, *last_modified, *date;
    const char *content_range;
    const char *content_type, *disposition;
    bool is_coded;                   /* it has a content coding */
    bool varies;                     /* Vary names more than Accept-Encoding */
    int64_t length;                  /* Content-Length; -1: none */
    int64_t last_modified_s, date_s; /* as Unix time; -1: unknown */
};

enum part_verdict {
    PART_NONE,     /* the body cannot be continued later */
    PART_NEW,      /* it can, and begins with its first byte: part_append() */
    PART_GOES_ON,  /* it begins where the part ends: part_append() */
    PART_UNUSABLE, /* it does not answer the Range: ask without one */
};

/*
 * Judge an answer, and remove the files if it makes them useless.
 *
 * asked  the request had the part's Range
 */
NODISCARD enum part_verdict
part_judge(struct part *p, const struct part_answer *answer, bool asked);

/* Append bytes of the body after PART_NEW or PART_GOES_ON.  Returns 0 or an
 * errno: ESTALE if another process has written to the file. */
NODISCARD int part_append(struct part *p, const void *data, size_t len);

/* Set temp to the file's name for store_put(), or "" if nothing was appended.
 * After store_put(), remove the note with part_discard(). */
void part_temp(const struct part *p, char temp[STORE_TEMP]);

#endif /* PART_H */
