/* content.c - routes that answer as a server should. */
#include "route.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 65520 }; /* a multiple of the pattern's 26 bytes */

static uint64_t
number(const char *arg, uint64_t fallback)
{
    return arg[0] ? strtoull(arg, NULL, 10) : fallback;
}

static bool
next_pattern(struct reply *r, struct buf *piece)
{
    static char pattern[PIECE];
    if (!pattern[0]) {
        for (int i = 0; i < PIECE; i++)
            pattern[i] = (char)('a' + i % 26);
    }
    if (r->left == 0)
        return false;

    size_t n = r->left < PIECE ? (size_t)r->left : PIECE;
    buf_add(piece, pattern, n);
    r->left -= n;
    return true;
}

void
route_pattern(struct reply *r, uint64_t total)
{
    r->type = "text/plain";
    r->length = (int64_t)total;
    r->left = total;
    r->next = next_pattern;
}

void
route_root(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    int64_t size = q->query[0] ? http_param_int(q, "size", -1) : -1;
    if (size >= 0)
        route_pattern(r, (uint64_t)size);
    else
        reply_text(r, "ok\n");
}

void
route_delay(const struct request *q, const char *arg, struct reply *r)
{
    route_root(q, "", r);
    r->delay_ms = (int64_t)number(arg, 0);
}

void
route_status(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    r->status = (int)number(arg, 200);
    reply_text(r, "status\n");
}

void
route_bytes(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    route_pattern(r, number(arg, 0));
}

void
route_chunked(const struct request *q, const char *arg, struct reply *r)
{
    route_bytes(q, arg, r);
    r->framing = FRAME_CHUNKED;
}

static bool
next_drop(struct reply *r, struct buf *piece)
{
    if (r->left != 0 && r->done == r->left)
        return false;
    buf_printf(piece, "drop %" PRIu64 "\n", ++r->done);
    return true;
}

void
route_drip(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    r->type = "text/plain";
    r->framing = FRAME_CHUNKED;
    r->left = (uint64_t)http_param_int(q, "n", 5);
    r->gap_ms = http_param_int(q, "gap", 20);
    r->status = http_param_int(q, "status", 200);
    r->next = next_drop;
}

void
route_http10(const struct request *q, const char *arg, struct reply *r)
{
    route_root(q, arg, r);
    r->http10 = true;
    r->ending = END_CLOSE;
}

void
route_no_length(const struct request *q, const char *arg, struct reply *r)
{
    route_root(q, arg, r);
    r->framing = FRAME_CLOSE;
}

static void
echo_text(struct buf *out, const char *key, const char *text)
{
    buf_printf(out, "\"%s\":", key);
    buf_json(out, text, strlen(text));
    buf_puts(out, ",");
}

void
route_echo(const struct request *q, const char *arg, struct reply *r)
{
    struct buf *out = &r->body;

    (void)arg;
    r->type = "application/json";
    buf_puts(out, "{");
    echo_text(out, "method", q->method);
    echo_text(out, "target", q->target);
    echo_text(out, "path", q->path);
    echo_text(out, "query", q->query);
    buf_printf(out, "\"http_version\":\"1.%d\",\"headers\":[", q->minor);
    for (size_t i = 0; i < q->nheaders; i++) {
        const struct header *h = &q->headers[i];
        buf_puts(out, i ? ",[" : "[");
        buf_json(out, h->name, strlen(h->name));
        buf_puts(out, ",");
        buf_json(out, h->value, strlen(h->value));
        buf_puts(out, "]");
    }
    buf_puts(out, "],\"body\":");
    buf_json(out, q->body.data, q->body.len);
    buf_puts(out, ",\"body_base64\":\"");
    buf_base64(out, q->body.data, q->body.len);
    buf_printf(out,
               "\",\"body_bytes\":%" PRIu64 ",\"conn\":%" PRIu64
               ",\"nth\":%" PRIu64 "}\n",
               q->body_bytes, q->conn, q->nth);
}

void
route_headers_bytes(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    reply_header(r, "X-Latin1", "caf\xe9");
    reply_header(r, "X-Utf8", "caf\xc3\xa9");
    reply_header(r, "X-Invalid", "a\xff\xfe\xc3(b");
    reply_header(r, "X-Escape", "\x1b[31mred\x1b[0m\x07");
    reply_header(r, "X-Quote", "say \"hi\" \\ there");
    reply_header(r, "X-Twice", "one");
    reply_header(r, "X-Twice", "two");
    reply_header(r, "X-Empty", "");
    reply_text(r, "ok\n");
}

void
route_utf8(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    reply_text(r, "na\xc3\xafve \xe2\x82\xac \xf0\x9f\x98\x80 \"quoted\"\n");
    r->type = "text/plain; charset=utf-8";
}

void
route_latin1(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    reply_text(r, "na\xefve caf\xe9\n");
    r->type = "text/plain; charset=iso-8859-1";
}

void
route_json(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    reply_text(r, "{\"name\": \"value\", \"list\": [1, 2.5, null, true]}\n");
    r->type = "application/json";
}

void
route_binary(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    for (int i = 0; i < 256; i++)
        buf_add(&r->body, &(char){(char)i}, 1);
    r->type = "application/octet-stream";
}

/* The type is left to ?header=. */
void
route_mirror(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    buf_add(&r->body, q->body.data, q->body.len);
}
