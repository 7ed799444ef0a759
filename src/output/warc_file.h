/*
 * warc_file.h - the file of an archive, to which only complete records are
 * added.
 *
 * Knows where records begin and end, but not what they contain.  A group of
 * records is appended at once; if that fails, the file is truncated to its
 * previous size.  Use from one thread at a time.
 */
#ifndef WARC_FILE_H
#define WARC_FILE_H

#include "base/base.h"

struct warc_file;

enum warc_opened {
    WARC_OPENED,
    WARC_REFUSED, /* it contains something else; reported */
    WARC_FAILED,  /* it cannot be written; reported */
};

/*
 * Open a file, creating it if it is missing.  An incomplete last record of an
 * existing file is cut off; no record is changed.
 *
 * size  for numbered files (NAME-00001.warc.gz): bytes after which the next one
 *       begins; -1: a single file
 */
NODISCARD enum warc_opened warc_file_open(const char *path, int64_t size,
                                          struct warc_file **file);

/* Returns -1 if records may be lost, which was reported.  NULL is fine. */
NODISCARD int warc_file_close(struct warc_file *f);

/* Its name, with its number if there is one. */
const char *warc_file_name(const struct warc_file *f);

/* The part of the names of numbered files that is before the number: "crawl-".
 * The caller frees it. */
char *warc_file_stem(const char *path);

/* Does the path end like that of a compressed file? */
bool warc_file_is_gz(const char *path);

/* A part to be appended: bytes, or with fd >= 0 a whole file. */
struct warc_part {
    const void *data;
    size_t len;
    int fd;
};

/* The most parts appended at once. */
#define WARC_FILE_PARTS 16

/* Append parts. *offset is where the first one begins.  Returns 0, or an
 * errno, when nothing was appended. */
NODISCARD int warc_file_append(struct warc_file *f,
                               const struct warc_part *parts, size_t n,
                               int64_t *offset);

/* Must the next file be used if this many bytes are added? */
bool warc_file_is_full(const struct warc_file *f, uint64_t more);

/* Continue in the next file.  Returns -1 if that fails, which was reported. */
NODISCARD int warc_file_next(struct warc_file *f);

#endif /* WARC_FILE_H */
