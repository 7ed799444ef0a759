#include "input/kept_request.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_writer.h"
#include "base/utf8.h"
#include "job/job.h"

static void
add_url(struct buf *out, const char *url, size_t len)
{
    struct buf text = BUF_INIT;
    size_t n;

    for (size_t i = 0; i < len; i += n) {
        n = utf8_char((const unsigned char *)url + i, len - i);
        if (n > 0) {
            buf_add(&text, url + i, n);
            continue;
        }
        buf_printf(&text, "%%%02X", (unsigned char)url[i]);
        n = 1;
    }
    jsonw_string_n(out, text.data, text.len);
    buf_fini(&text);
}

static void
add_body(struct buf *out, const char *body, size_t len)
{
    if (utf8_valid(body, len)) {
        buf_addstr(out, ",\"body\":");
        jsonw_string_n(out, body, len);
    } else {
        buf_addstr(out, ",\"body_base64\":");
        jsonw_base64(out, body, len);
    }
}

void
kept_request_make(struct job *j)
{
    struct buf out = BUF_INIT;

    buf_addstr(&out, "{\"url\":");
    add_url(&out, j->url_given, j->url_given_len);
    if (j->first.method) {
        buf_addstr(&out, ",\"method\":");
        jsonw_string(&out, j->first.method);
    }
    if (j->first.body)
        add_body(&out, j->first.body, j->first.body_len);
    buf_addc(&out, '}');
    j->request = arena_strndup(&j->mem, out.data, out.len);
    j->cost += out.len;
    buf_fini(&out);
}
