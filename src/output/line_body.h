/*
 * line_body.h - the body in a result line: as text, base64 or JSON.
 *
 * Private to result_line.c and the other line_*.c.
 */
#ifndef LINE_BODY_H
#define LINE_BODY_H

#include "base/base.h"

struct job;
struct line;
struct opts;

/* How the body is written. */
enum body_form {
    FORM_NONE, /* not asked for */
    FORM_NULL, /* there was no response */
    FORM_STRING,
    FORM_BASE64,
    FORM_JSON,
};

/* A body that cannot be written in the requested form is written as with
 * "auto". */
enum body_form line_body_form(const struct job *j, const struct opts *opts);
bool line_body_is_string(const struct line *l);
void line_put_body(const struct line *l);
bool line_body_is_base64(const struct line *l);
void line_put_body_base64(const struct line *l);
bool line_body_is_json(const struct line *l);
void line_put_body_json(const struct line *l);

#endif /* LINE_BODY_H */
