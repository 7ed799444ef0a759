/*
 * spec.h - a JSON record being turned into a job; private to the files of
 * input/ that read one.
 */
#ifndef SPEC_H
#define SPEC_H

#include "base/base.h"
#include "base/span.h"

struct job;
struct record;

enum key {
    KEY_URL,
    KEY_METHOD,
    KEY_HEADERS,
    KEY_BODY,
    KEY_BODY_BASE64,
    KEY_JSON,
    KEY_BODY_FILE,
    KEY_FORM,
    KEY_TIMEOUT,
    KEY_CONNECT_TIMEOUT,
    KEY_OUTPUT_NAME,
    KEY_EXPECT,
    KEY_EXPECT_SHA256,
    KEY_ACCEPT,
    KEY_ID,
    KEY_META,
    KEY_REQUEST,         /* in a result: all of the above except the last two */
    KEY_REQUEST_OMITTED, /* a result's */
    KEY_REQUEST_HASH,    /* a result's, whose record had headers or a body */
    NKEYS,               /* keys up to here have a meaning in a request */
    KEY_OF_RESULT = NKEYS, /* only results have it; it distinguishes them from
                              requests, whatever --fields has left */
};

/* A record on its way to a job. */
struct spec {
    const struct record *rec;
    struct job *job;
    struct span value[NKEYS]; /* JSON text in rec, p NULL: not given */
    bool is_result;
    bool is_nested_result; /* "request" has a key of results */
    size_t column;         /* position of a JSON error, from 1 on; 0: unknown */
    size_t nheaders;       /* values of headers so far, and their bytes */
    size_t header_bytes;
    size_t nparts;       /* of the form so far */
    struct span unknown; /* the first unknown key, with its escapes */
    const char *twice;   /* the first repeated key */
};

/* Set the job's `input` error, with a message that begins with file and line.
 * Always returns -1. */
int spec_refuse(const struct spec *s, const char *code, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* How much of a value is shown in a message. */
#define SEEN_MAX 48

bool spec_is_string(struct span value);

/*
 * The kind of a value, for messages where the value itself is long or secret.
 */
const char *spec_type_name(struct span value);

/* The content of a string: in the record itself, or, if it contains an escape,
 * in the arena with a NUL behind it. */
struct span spec_unquote(const struct spec *s, struct span quoted);

/* The content of a string, in the arena with a NUL behind it. */
struct span spec_keep_string(const struct spec *s, struct span quoted);

bool spec_has_nul(struct span text);

#endif /* SPEC_H */
