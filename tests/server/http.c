#include "http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BODY_KEPT = 1 << 20 };

/* States of the chunk decoder. */
enum { CHUNK_SIZE, CHUNK_DATA, CHUNK_DATA_END, CHUNK_TRAILER };

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Decode n bytes of text into out, which has room for size bytes. */
static void
percent_decode(const char *text, size_t n, char *out, size_t size)
{
    size_t len = 0;

    for (size_t i = 0; i < n && len + 1 < size; i++) {
        if (text[i] == '%' && i + 2 < n && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            out[len++] =
                (char)(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out[len++] = text[i];
        }
    }
    out[len] = '\0';
}

static void
set_framing(struct request *q)
{
    const char *value = http_header(q, "Connection");

    q->keep_alive = q->minor >= 1;
    if (value && strcasecmp(value, "close") == 0)
        q->keep_alive = false;
    if (value && strcasecmp(value, "keep-alive") == 0)
        q->keep_alive = true;

    value = http_header(q, "Transfer-Encoding");
    q->chunked = value && strcasecmp(value, "chunked") == 0;
    value = http_header(q, "Content-Length");
    if (value && !q->chunked)
        q->body_left = strtoull(value, NULL, 10);

    value = http_header(q, "Expect");
    q->wants_continue = value && strcasecmp(value, "100-continue") == 0;
    value = http_header(q, "Host");
    q->host = value ? value : "";
}

/* Cut "METHOD TARGET HTTP/1.x" in place. */
static bool
parse_request_line(struct request *q, char *line)
{
    char *target = strchr(line, ' ');
    if (!target)
        return false;
    *target++ = '\0';

    char *version = strchr(target, ' ');
    if (!version)
        return false;
    *version++ = '\0';
    if (strncmp(version, "HTTP/1.", 7) != 0)
        return false;

    q->method = line;
    q->target = target;
    q->minor = version[7] == '0' ? 0 : 1;
    return true;
}

static bool
parse_header(struct request *q, char *line)
{
    char *colon = strchr(line, ':');
    if (!colon || q->nheaders == HTTP_MAX_HEADERS)
        return false;

    *colon++ = '\0';
    colon += strspn(colon, " \t");
    size_t n = strlen(colon);
    while (n > 0 && (colon[n - 1] == ' ' || colon[n - 1] == '\t'))
        colon[--n] = '\0';
    q->headers[q->nheaders++] = (struct header){line, colon};
    return true;
}

/*
 * Split the target into a decoded path and a query, in room behind the head.
 *
 * An absolute target, as proxies get it, counts from its path on.
 */
static void
split_target(struct request *q, char *room, size_t size)
{
    const char *path = q->target;
    const char *scheme = strstr(path, "://");
    if (scheme && path[0] != '/') {
        path = strchr(scheme + 3, '/');
        if (!path)
            path = "/";
    }

    const char *mark = strchr(path, '?');
    size_t n = mark ? (size_t)(mark - path) : strlen(path);
    percent_decode(path, n, room, size);
    q->path = room;
    q->query = mark ? mark + 1 : "";
}

long
http_parse_head(struct request *q, const char *data, size_t n)
{
    /* A method is upper case; TLS, for one, starts with another byte. */
    if (data[0] < 'A' || data[0] > 'Z')
        return -1;
    const char *end = memmem(data, n, "\r\n\r\n", 4);
    if (!end)
        return n > HTTP_MAX_HEAD ? -1 : 0;

    /* The head twice: the second copy has room for the decoded path. */
    size_t len = (size_t)(end - data) + 4;
    q->head.len = 0;
    buf_reserve(&q->head, len * 2 + 2);
    buf_add(&q->head, data, len);
    char *line = q->head.data;
    line[len - 4] = '\0';
    if (strlen(line) != len - 4)
        return -1;

    q->nheaders = 0;
    for (int i = 0; line; i++) {
        char *next = strstr(line, "\r\n");
        if (next) {
            *next = '\0';
            next += 2;
        }
        if (!(i == 0 ? parse_request_line(q, line) : parse_header(q, line)))
            return -1;
        line = next;
    }
    split_target(q, q->head.data + len, len + 1);
    set_framing(q);
    return (long)len;
}

static void
keep_body(struct request *q, const char *data, size_t n)
{
    q->body_bytes += n;
    if (q->body.len < BODY_KEPT)
        buf_add(&q->body, data, n);
}

static size_t
take_body(struct request *q, const char *data, size_t n)
{
    size_t take = n < q->body_left ? n : (size_t)q->body_left;
    keep_body(q, data, take);
    q->body_left -= take;
    return take;
}

/* One step of the chunk decoder; same results as http_parse_body(). */
static int
chunk_step(struct request *q, const char *data, size_t n, size_t *used)
{
    if (q->chunk_state == CHUNK_DATA) {
        *used = take_body(q, data, n);
        if (q->body_left == 0)
            q->chunk_state = CHUNK_DATA_END;
        return 0;
    }

    const char *end = memmem(data, n, "\r\n", 2);
    if (!end)
        return 0;
    *used = (size_t)(end - data) + 2;
    switch (q->chunk_state) {
    case CHUNK_SIZE:
        if (hex_digit(data[0]) < 0)
            return -1;
        q->body_left = strtoull(data, NULL, 16);
        q->chunk_state = q->body_left ? CHUNK_DATA : CHUNK_TRAILER;
        return 0;
    case CHUNK_DATA_END:
        q->chunk_state = CHUNK_SIZE;
        return *used == 2 ? 0 : -1;
    default: /* CHUNK_TRAILER ends with an empty line */
        return *used == 2 ? 1 : 0;
    }
}

int
http_parse_body(struct request *q, const char *data, size_t n, size_t *used)
{
    *used = 0;
    if (!q->chunked) {
        *used = take_body(q, data, n);
        return q->body_left == 0;
    }

    for (;;) {
        size_t step = 0;
        if (*used == n)
            return 0;
        int r = chunk_step(q, data + *used, n - *used, &step);
        *used += step;
        if (r != 0 || step == 0)
            return r;
    }
}

void
http_reset(struct request *q)
{
    q->body.len = 0;
    q->body_left = q->body_bytes = 0;
    q->chunk_state = CHUNK_SIZE;
    q->nheaders = 0;
}

void
http_fini(struct request *q)
{
    buf_free(&q->head);
    buf_free(&q->body);
}

const char *
http_header(const struct request *q, const char *name)
{
    for (size_t i = 0; i < q->nheaders; i++) {
        if (strcasecmp(q->headers[i].name, name) == 0)
            return q->headers[i].value;
    }
    return NULL;
}

bool
http_param_next(const struct request *q, size_t *pos, char *name, char *value,
                size_t size)
{
    const char *pair = q->query + *pos;
    if (*pair == '\0')
        return false;

    size_t n = strcspn(pair, "&");
    const char *equals = memchr(pair, '=', n);
    size_t name_len = equals ? (size_t)(equals - pair) : n;
    percent_decode(pair, name_len, name, size);
    if (equals)
        percent_decode(equals + 1, n - name_len - 1, value, size);
    else
        *value = '\0';
    *pos += n + (pair[n] == '&');
    return true;
}

bool
http_param(const struct request *q, const char *name, int n, char *out,
           size_t size)
{
    if (!strstr(q->query, name))
        return false;

    char key[4096];
    size_t pos = 0;
    if (size > sizeof(key))
        size = sizeof(key);
    while (http_param_next(q, &pos, key, out, size)) {
        if (strcmp(key, name) == 0 && n-- == 0)
            return true;
    }
    return false;
}

int64_t
http_param_int(const struct request *q, const char *name, int64_t fallback)
{
    char text[32];
    if (!http_param(q, name, 0, text, sizeof(text)) || text[0] == '\0')
        return fallback;
    return strtoll(text, NULL, 10);
}
