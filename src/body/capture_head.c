#include "body/capture_head.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "body/capture.h"

/* Prefix for original headers that were changed, as other crawlers write it. */
#define ORIGINAL "X-Archive-Orig-"

/* Length of the first line of text, including its line end. */
static size_t
line_len(const char *text, size_t len)
{
    const char *end = memchr(text, '\n', len);

    return end ? (size_t)(end - text) + 1 : len;
}

bool
capture_head_is_end(const char *line, size_t len)
{
    return len == 0 || line[0] == '\r' || line[0] == '\n';
}

bool
capture_head_is_header(const char *line, size_t len, const char *name)
{
    size_t n = strlen(name);

    return len > n && line[n] == ':' && strncasecmp(line, name, n) == 0;
}

bool
capture_head_has(const struct buf *head, const char *name)
{
    size_t n;

    for (size_t at = 0; at < head->len; at += n) {
        n = line_len(head->data + at, head->len - at);
        if (capture_head_is_header(head->data + at, n, name))
            return true;
    }
    return false;
}

/*
 * Does a header's name say that its value is secret?  A part of the name is
 * enough, because services have names of their own, such as X-Vault-Token and
 * Ocp-Apim-Subscription-Key.
 */
static bool
is_secret(const char *line, size_t len)
{
    static const char *const words[] = {
        "auth",     "cookie", "credential", "jwt",       "key",   "passwd",
        "password", "secret", "session",    "signature", "token",
    };
    const char *colon = memchr(line, ':', len);
    size_t name_len = colon ? (size_t)(colon - line) : 0;

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        size_t n = strlen(words[i]);

        for (size_t at = 0; at + n <= name_len; at++)
            if (strncasecmp(line + at, words[i], n) == 0)
                return true;
    }
    return false;
}

static bool
is_validator(const char *line, size_t len)
{
    return capture_head_is_header(line, len, "If-None-Match") ||
           capture_head_is_header(line, len, "If-Modified-Since");
}

/* Write "GET / HTTP/2" as HTTP/1.1. */
static void
put_request_line(struct buf *out, const char *line, size_t len)
{
    const char *version = memrchr(line, ' ', len);

    if (!version || line + len - version < 8 ||
        memcmp(version, " HTTP/", 6) != 0 || version[6] == '1') {
        buf_add(out, line, len);
        return;
    }
    buf_add(out, line, (size_t)(version - line));
    buf_addstr(out, " HTTP/1.1\r\n");
}

/* May a line of a request's head be kept as it is? */
static bool
is_plain_line(const struct capture *c, const char *line, size_t len, bool first)
{
    static const char end[] = " HTTP/1.1\r\n";
    size_t n = sizeof(end) - 1;

    if (first)
        return len > n && memcmp(line + len - n, end, n) == 0;
    return c->env->show_secrets || !is_secret(line, len);
}

static void
finish_request_head(struct capture *c)
{
    struct buf out = BUF_INIT, *head = &c->request.head;
    bool is_plain = true;
    size_t n;

    for (size_t at = 0; at < head->len; at += n) {
        n = line_len(head->data + at, head->len - at);
        is_plain = is_plain && is_plain_line(c, head->data + at, n, at == 0);
        c->has_validator |= is_validator(head->data + at, n);
    }
    if (is_plain)
        return;
    for (size_t at = 0; at < head->len; at += n) {
        const char *line = head->data + at;

        n = line_len(line, head->len - at);
        if (at == 0) {
            put_request_line(&out, line, n);
        } else if (is_plain_line(c, line, n, false)) {
            buf_add(&out, line, n);
        } else {
            buf_add(&out, line, (size_t)((char *)memchr(line, ':', n) - line));
            buf_addstr(&out, ": ***\r\n");
        }
    }
    buf_fini(head);
    *head = out;
}

/* Do the status or the request's method rule out a body? */
static bool
has_no_body(const struct capture *c)
{
    const struct buf *request = &c->request.head;

    return c->status == 204 || c->status == 304 ||
           (request->len > 5 && memcmp(request->data, "HEAD ", 5) == 0);
}

/* Finish the head of a body whose transfer-coding was removed: state its
 * length if asked to. */
static void
replace_coding(struct message *m, bool states_length)
{
    struct buf out = BUF_INIT;
    size_t n;

    for (size_t at = 0; at < m->head.len; at += n) {
        const char *line = m->head.data + at;

        n = line_len(line, m->head.len - at);
        if (capture_head_is_header(line, n, "Transfer-Encoding") ||
            capture_head_is_header(line, n, "Content-Length"))
            buf_addstr(&out, ORIGINAL);
        if (capture_head_is_end(line, n) && states_length)
            buf_printf(&out, "Content-Length: %llu\r\n",
                       (unsigned long long)m->body_bytes);
        buf_add(&out, line, n);
    }
    buf_fini(&m->head);
    m->head = out;
}

void
capture_head_finish(struct capture *c, struct message *m, bool knows_length)
{
    bool is_request = m == &c->request;

    if (is_request)
        finish_request_head(c);
    if (m->is_coded)
        replace_coding(m, knows_length && (is_request || !has_no_body(c)));
}
