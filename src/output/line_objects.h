/*
 * line_objects.h - the keys of a result line whose values are objects or lists.
 *
 * Private to result_line.c.
 */
#ifndef LINE_OBJECTS_H
#define LINE_OBJECTS_H

struct line;

void line_put_error(const struct line *l);
void line_put_timing(const struct line *l);
void line_put_redirects(const struct line *l);
void line_put_attempts_log(const struct line *l);
void line_put_tls(const struct line *l);
void line_put_warc(const struct line *l);
void line_put_warc_payload(const struct line *l);

#endif /* LINE_OBJECTS_H */
