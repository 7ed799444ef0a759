#include "reply.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void
reply_init(struct reply *r)
{
    *r = (struct reply){.status = 200, .length = -1, .idle_close_ms = -1};
}

void
reply_fini(struct reply *r)
{
    buf_free(&r->headers);
    buf_free(&r->body);
    free(r->state);
    r->state = NULL;
}

void
reply_header(struct reply *r, const char *name, const char *value)
{
    buf_printf(&r->headers, "%s: %s\r\n", name, value);
}

void
reply_text(struct reply *r, const char *text)
{
    r->type = "text/plain";
    r->body.len = 0;
    buf_puts(&r->body, text);
}

static const char *
reason_phrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 304:
        return "Not Modified";
    case 401:
        return "Unauthorized";
    case 404:
        return "Not Found";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

static bool
has_body(const struct reply *r, const struct request *q)
{
    return strcmp(q->method, "HEAD") != 0 && r->status != 204 &&
           r->status != 304;
}

static void
add_chunk(struct buf *out, const struct buf *piece)
{
    if (piece->len == 0)
        return;
    buf_printf(out, "%zx\r\n", piece->len);
    buf_add(out, piece->data, piece->len);
    buf_puts(out, "\r\n");
}

static void
add_head(const struct reply *r, struct buf *out)
{
    buf_printf(out, "HTTP/1.%d %d %s\r\n", r->http10 ? 0 : 1, r->status,
               reason_phrase(r->status));
    if (r->type)
        buf_printf(out, "Content-Type: %s\r\n", r->type);

    if (r->framing == FRAME_CHUNKED) {
        buf_puts(out, "Transfer-Encoding: chunked\r\n");
    } else if (r->framing == FRAME_LENGTH && r->status != 204) {
        int64_t length = r->length >= 0 ? r->length : (int64_t)r->body.len;
        buf_printf(out, "Content-Length: %" PRId64 "\r\n", length);
    }
    if (r->ending == END_CLOSE && !r->http10)
        buf_puts(out, "Connection: close\r\n");
    buf_add(out, r->headers.data, r->headers.len);
    buf_puts(out, "\r\n");
}

void
reply_start(struct reply *r, const struct request *q, struct buf *out)
{
    if (r->framing == FRAME_RAW) {
        buf_add(out, r->body.data, r->body.len);
        return;
    }

    add_head(r, out);
    if (!has_body(r, q))
        return;
    if (r->framing != FRAME_CHUNKED) {
        buf_add(out, r->body.data, r->body.len);
        return;
    }
    add_chunk(out, &r->body);
    if (!r->next && r->ending != END_HANG)
        buf_puts(out, "0\r\n\r\n");
}

bool
reply_more(struct reply *r, const struct request *q, struct buf *out)
{
    if (!r->next || (r->framing != FRAME_RAW && !has_body(r, q)))
        return false;
    if (r->framing != FRAME_CHUNKED)
        return r->next(r, out);

    r->body.len = 0;
    bool more = r->next(r, &r->body);
    if (more)
        add_chunk(out, &r->body);
    else
        buf_puts(out, "0\r\n\r\n");
    return more;
}
