/* faults.c - routes that do what a server should not do. */
#include "route.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char body_text[] = "the first half of the body, the second half\n";

static void
send_raw(struct reply *r, const char *bytes, enum ending ending)
{
    r->status = 0;
    r->framing = FRAME_RAW;
    r->ending = ending;
    buf_puts(&r->body, bytes);
}

/* Half of a body whose length was promised, then that ending. */
static void
send_half(const struct request *q, struct reply *r, enum ending ending)
{
    uint64_t size = (uint64_t)http_param_int(q, "size", 0);
    if (size) {
        route_pattern(r, size);
        r->left = size / 2;
    } else {
        reply_text(r, body_text);
        r->length = (int64_t)r->body.len;
        r->body.len /= 2;
    }
    r->ending = ending;
}

void
route_stall(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    send_raw(r, "", END_HANG);
}

void
route_stall_headers(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    send_raw(r, "HTTP/1.1 200 OK\r\nContent-Ty", END_HANG);
    r->status = 200;
}

void
route_stall_body(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    send_half(q, r, END_HANG);
}

void
route_reset(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    send_raw(r, "", END_RESET);
}

void
route_reset_body(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    send_half(q, r, END_RESET);
    /* A reset throws away what the client has not read yet: give it time. */
    r->end_ms = 50;
}

void
route_empty(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    send_raw(r, "", END_CLOSE);
}

void
route_truncated(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    send_half(q, r, END_CLOSE);
}

void
route_garbage(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    send_raw(r, "220 mail.example ESMTP\r\n\x01\x02\x1b[2J garbage\r\n\r\n",
             END_CLOSE);
}

void
route_bad_chunk(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    send_raw(r,
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
             "5\r\nhello\r\nzz not hex\r\nworld\r\n0\r\n\r\n",
             END_CLOSE);
    r->status = 200;
}

void
route_bad_gzip(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    reply_text(r, "");
    buf_add(&r->body, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10);
    buf_puts(&r->body, "\xff\xff this is no deflate stream");
    reply_header(r, "Content-Encoding", "gzip");
}

void
route_http09(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    send_raw(r, "<html>a page without a head</html>\n", END_CLOSE);
}

static bool
next_header(struct reply *r, struct buf *piece)
{
    for (int i = 0; i < 200; i++)
        buf_printf(piece, "X-Flood-%" PRIu64 ": %060d\r\n", r->done++, 0);
    return true;
}

void
route_headers_flood(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    send_raw(r, "HTTP/1.1 200 OK\r\n", END_CLOSE);
    r->status = 200;
    r->next = next_header;
}

void
route_header_lines(const struct request *q, const char *arg, struct reply *r)
{
    int64_t n = http_param_int(q, "n", 100);
    int size = (int)http_param_int(q, "size", 0);

    (void)arg;
    send_raw(r, "HTTP/1.1 200 OK\r\n", END_KEEP);
    r->status = 200;
    for (int64_t i = 0; i < n; i++)
        buf_printf(&r->body, "a:%.*d\r\n", size, 0);
    buf_puts(&r->body, "Content-Length: 0\r\n\r\n");
}

static bool
next_value(struct reply *r, struct buf *piece)
{
    static const char fill[] = "0123456789abcdef0123456789abcdef";

    if (r->left == 0) {
        if (r->done++ == 0)
            buf_puts(piece, "\r\nContent-Length: 3\r\n\r\nok\n");
        return r->done == 1;
    }
    for (int i = 0; i < 1000 && r->left; i++) {
        size_t n = r->left < 32 ? (size_t)r->left : 32;
        buf_add(piece, fill, n);
        r->left -= n;
    }
    return true;
}

void
route_header_line(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    send_raw(r, "HTTP/1.1 200 OK\r\nX-Long: ", END_CLOSE);
    r->status = 200;
    r->left = (uint64_t)http_param_int(q, "size", 1 << 20);
    r->next = next_value;
}

void
route_endless(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    route_pattern(r, UINT64_MAX);
    r->framing = FRAME_CHUNKED;
    r->length = -1;
}

static bool
next_continue(struct reply *r, struct buf *piece)
{
    (void)r;
    for (int i = 0; i < 100; i++)
        buf_puts(piece, "HTTP/1.1 100 Continue\r\n\r\n");
    return true;
}

void
route_continue_flood(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    send_raw(r, "", END_CLOSE);
    r->next = next_continue;
}

void
route_drop_second(const struct request *q, const char *arg, struct reply *r)
{
    if (q->nth == 1) {
        reply_text(r, "ok\n");
        return;
    }
    if (strcmp(arg, "reset") == 0)
        send_raw(r, "", END_RESET);
    else
        send_raw(r, "", END_CLOSE);
}

void
route_close_after_idle(const struct request *q, const char *arg,
                       struct reply *r)
{
    (void)arg;
    reply_text(r, "ok\n");
    r->idle_close_ms = http_param_int(q, "ms", 50);
}

/* Send the text of ?text=, and nothing else. */
static bool
next_byte(struct reply *r, struct buf *piece)
{
    const char *text = r->state;

    if (r->done == r->left)
        return false;
    buf_add(piece, text + r->done++, 1);
    return true;
}

void
route_raw(const struct request *q, const char *arg, struct reply *r)
{
    char text[4096] = "";

    (void)arg;
    http_param(q, "text", 0, text, sizeof(text));
    r->gap_ms = http_param_int(q, "gap", 0);
    send_raw(r, r->gap_ms > 0 ? "" : text, END_CLOSE);
    if (r->gap_ms <= 0)
        return;
    r->state = strdup(text);
    r->left = strlen(text);
    r->next = next_byte;
}
