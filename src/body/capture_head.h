/*
 * capture_head.h - the heads of captured messages, as the archive has them: in
 * the form of HTTP/1.1, without secrets, and with the length of a body whose
 * transfer-coding was removed.
 *
 * Private to capture.c.
 */
#ifndef CAPTURE_HEAD_H
#define CAPTURE_HEAD_H

#include "base/base.h"

struct buf;
struct capture;
struct message;

/* Is the line a header of that name, in any case? */
bool capture_head_is_header(const char *line, size_t len, const char *name);

/* Is it the blank line after the headers? */
bool capture_head_is_end(const char *line, size_t len);

/* Has the head a header of that name?  The head may be incomplete. */
bool capture_head_has(const struct buf *head, const char *name);

/*
 * Make the head of m, c's request or response, final: m->head is replaced.  Of
 * a request it also sets c->has_validator.
 *
 * knows_length  m->body_bytes is the whole body's
 */
void capture_head_finish(struct capture *c, struct message *m,
                         bool knows_length);

#endif /* CAPTURE_HEAD_H */
