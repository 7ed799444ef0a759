/*
 * spec.h - a JSON record on its way to a job; private to the
 * files of input/ that read one.
 */
#ifndef SPEC_H
#define SPEC_H

#include "base/base.h"
#include "base/json_reader.h"

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
    KEY_REQUEST,           /* a result's: all of the above but the last two */
    KEY_REQUEST_OMITTED,   /* a result's */
    NKEYS,                 /* so many mean something in a request */
    KEY_OF_RESULT = NKEYS, /* only results have it, and so it tells one from a
                              request, whatever --fields has left */
};

/* A record on its way to a job. */
struct spec {
    const struct record *rec;
    struct job *job;
    struct span value[NKEYS]; /* JSON text in rec, p NULL: not given */
    bool is_result;
    bool is_nested_result; /* "request" has a key of results */
    size_t column;         /* where it is no JSON, 1-based; 0: not known */
    size_t nheaders;       /* values of headers so far, and bytes */
    size_t header_bytes;
    struct span unknown; /* first key that we don't know, with its escapes */
    const char *twice;   /* first key that is there twice */
};

/* Set the job's `input` error, its message beginning with file and line.
 * Always -1. */
int spec_refuse(const struct spec *s, const char *code, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* How much of a value is shown in a message. */
#define SEEN_MAX 48

bool spec_is_string(struct span value);

/* What kind of value it is, for where the value itself is long or secret. */
const char *spec_type_name(struct span value);

/* What a string holds: in the record itself, or in the arena and with a NUL
 * behind it if there was an escape in it. */
struct span spec_unquote(const struct spec *s, struct span quoted);

/* The same, in the arena and with a NUL behind it in any case. */
struct span spec_keep_string(const struct spec *s, struct span quoted);

bool spec_has_nul(struct span text);

#endif /* SPEC_H */
