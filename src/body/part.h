/*
 * part.h - the beginnings of files, which later requests go on with
 * (--continue).
 *
 * A body that a strong validator goes with grows in ".fanfetch-KEY.part", where
 * KEY is a hash of what was asked.  ".fanfetch-KEY.note" beside it holds the
 * validator; it is written before the first byte of the body.  Both survive
 * the end of the process, however it ends.  The next request for the same URL
 * asks for the rest with Range and If-Range (RFC 9110, 13.1.5).
 *
 * Two versions are never joined: bytes are added only where the answer is a 206
 * with the Content-Range that was asked for, the length that is known, and the
 * same validator.  No descriptor is held but the folder's.
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
 * The parts of a run.  The folder is the run's alone: another process that
 * continues files in it is refused.  NULL: it can't be, which was reported.
 * The store outlives them.
 */
NODISCARD struct parts *parts_open(struct store *s);
void parts_close(struct parts *all); /* NULL is fine */

/*
 * Take the part of a request, if no other transfer of the run has it; NULL: one
 * has.  What is there is read, or removed where it is of no use.
 *
 * own  what else the record asks (job's request_hash); NULL: nothing
 */
NODISCARD struct part *part_claim(struct parts *all, const char *url,
                                  const char *own);

/* Give it back.  Its files stay as they are. */
void part_release(struct part *p);

/* Remove the files. */
void part_discard(struct part *p);

/* Bytes that are there to go on with; 0: none. */
int64_t part_size(const struct part *p);

/* The length of the whole; -1: unknown. */
int64_t part_total(const struct part *p);

/* If-Range's value.  Only with part_size() > 0. */
const char *part_validator(const struct part *p);

/* Headers of the first answer; NULL: it had none of that name. */
const char *part_type(const struct part *p);
const char *part_disposition(const struct part *p);

/*
 * Look at the bytes that are there, a slice at each call: hash them, and keep
 * the first ones.  True: that is done.  False: call again.
 *
 * d     NULL: they are not to be hashed
 * head  gets the first head_max bytes
 */
NODISCARD bool part_catch_up(struct part *p, struct digest *d, struct buf *head,
                             size_t head_max);

/* Headers of an answer.  Texts NULL: no such header. */
struct part_answer {
    int status;
    const char *etag, *last_modified, *date;
    const char *content_range;
    const char *content_type, *disposition;
    bool is_coded;                   /* it has a content coding */
    bool varies;                     /* by more than Accept-Encoding */
    int64_t length;                  /* Content-Length; -1: none */
    int64_t last_modified_s, date_s; /* those two as Unix time; -1: unknown */
};

enum part_verdict {
    PART_NONE,     /* its body is none that could be continued */
    PART_NEW,      /* it is, from its first byte on: part_append() */
    PART_GOES_ON,  /* it goes on where the part ends: part_append() */
    PART_UNUSABLE, /* no answer to what was asked: ask without Range */
};

/*
 * Judge an answer, and remove what it makes worthless.
 *
 * asked  the request had the part's Range
 */
NODISCARD enum part_verdict
part_judge(struct part *p, const struct part_answer *answer, bool asked);

/* Bytes of the body, after PART_NEW or PART_GOES_ON.  0, or an errno: ESTALE
 * where somebody else has written to the file. */
NODISCARD int part_append(struct part *p, const void *data, size_t len);

/* The file as store_put() takes it; it is "" where nothing was appended.  When
 * it has its name part_discard() removes the note. */
void part_temp(const struct part *p, char temp[STORE_TEMP]);

/* Is a tag one that proves that no byte differs?  (RFC 9110, 8.8.3) */
bool part_is_strong_etag(const char *etag);

/* "bytes 5-9/10" to its three numbers.  False: it is not whole, or no such
 * text. */
NODISCARD bool part_read_range(const char *text, int64_t *first, int64_t *last,
                               int64_t *total);

#endif /* PART_H */
