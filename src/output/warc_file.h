/*
 * warc_file.h - the file of an archive: whole records at its end, or none.
 *
 * Knows where records begin and end, and nothing of what is in them.  A
 * group of records is appended at once; where that fails, the file is cut to
 * what it was.  One thread at a time.
 */
#ifndef WARC_FILE_H
#define WARC_FILE_H

#include "base/base.h"

struct warc_file;

enum warc_opened {
    WARC_OPENED,
    WARC_REFUSED, /* it holds something else; reported */
    WARC_FAILED,  /* it can't be written to; reported */
};

/*
 * Open a file, made where it is missing.  Of one that is there, a last record
 * that is torn is cut off; no record is changed.
 *
 * size  where files are numbered (NAME-00001.warc.gz): bytes after which the
 *       next one begins; -1: there is one file of that name
 */
NODISCARD enum warc_opened warc_file_open(const char *path, int64_t size,
                                          struct warc_file **file);

/* -1: what was written may be lost, which was reported.  NULL is fine. */
NODISCARD int warc_file_close(struct warc_file *f);

/* Its name, as given but for the number. */
const char *warc_file_name(const struct warc_file *f);

/* Has a path the ending of a compressed file? */
bool warc_file_is_gz(const char *path);

/* A part of what is appended: bytes, or all of a file where fd >= 0. */
struct warc_part {
    const void *data;
    size_t len;
    int fd;
};

/* Parts that can be appended at once. */
#define WARC_FILE_PARTS 16

/* Append parts.  *offset is where the first one begins.  Returns 0 or an errno;
 * then nothing was appended. */
NODISCARD int warc_file_append(struct warc_file *f,
                               const struct warc_part *parts, size_t n,
                               int64_t *offset);

/* Is the file to be left for the next one before so many bytes are added? */
bool warc_file_is_full(const struct warc_file *f, uint64_t more);

/* Go on in the next one.  -1: it can't be, which was reported. */
NODISCARD int warc_file_next(struct warc_file *f);

#endif /* WARC_FILE_H */
