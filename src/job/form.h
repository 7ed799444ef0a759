/*
 * form.h - the parts of a multipart/form-data body.
 */
#ifndef FORM_H
#define FORM_H

#include "base/base.h"

struct form_part {
    const char *name;  /* of the field; NULL: none */
    const char *value; /* value_len bytes; NULL: the value is a file */
    size_t value_len;  /* 0 if it is a file */
    const char *path;  /* the file, NULL: none */
    const char *type;  /* content type; NULL: by the file's name */
    const char
        *filename;       /* sent to the server; NULL: the path's last segment */
    const char *encoder; /* libcurl's name of one; NULL: none */
    bool is_inline;      /* the file is text of a field, without a name */
    bool is_of_same;     /* another file of the previous field */
    struct form_part *next;
};

#endif /* FORM_H */
