/*
 * fuzz_record.c - whatever a server sends, a result is one valid JSON line.
 *
 * The input: a letter with the options, then a line each with the URL and
 * the content type, the header lines up to an empty one, and the body.
 */
#include "fuzz.h"
#include "line.h"

#include <string.h>

#include "base/json_compact.h"
#include "cli/opts.h"
#include "job/job.h"
#include "output/result_line.h"

/* The rest of the input. */
struct input {
    const char *pos;
    const char *end;
};

/* Take what comes before the next newline, and that too. */
static size_t
take_line(struct input *in, const char **line)
{
    const char *newline = memchr(in->pos, '\n', (size_t)(in->end - in->pos));
    size_t len;

    *line = in->pos;
    if (!newline)
        newline = in->end;
    len = (size_t)(newline - in->pos);
    in->pos = newline < in->end ? newline + 1 : newline;
    return len;
}

/* Take the lines before an empty one. */
static void
take_headers(struct input *in, struct buf *headers)
{
    const char *line;
    size_t len;

    while (in->pos < in->end) {
        len = take_line(in, &line);
        if (len == 0 || (len == 1 && line[0] == '\r'))
            break;
        buf_add(headers, line, (size_t)(in->pos - line));
    }
}

static void
fill_job(struct job *j, struct input *in)
{
    struct result *r = &j->res;
    const char *line;
    size_t len;

    j->url_given_len = take_line(in, &j->url_given);
    r->url_effective = arena_strndup(&j->mem, j->url_given, j->url_given_len);
    result_fail(r, ERR_HTTP, "http_404", PHASE_RECEIVE, false, "at '%s'",
                r->url_effective);
    len = take_line(in, &line);
    r->content_type = arena_strndup(&j->mem, line, len);
    take_headers(in, &r->headers);
    buf_add(&r->body, in->pos, (size_t)(in->end - in->pos));
    if (compact_is_json(r->body.data, r->body.len))
        j->meta = arena_strndup(&j->mem, r->body.data, r->body.len);
    r->status = 404;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = {(const char *)data, (const char *)data + size};
    struct opts opts = {.include_headers = true, .redirects = true};
    struct job_pool *pool = job_pool_new();
    struct job *j = job_new(pool);

    if (size > 0) {
        opts.body = (enum opt_body)(data[0] % (BODY_AS_JSON + 1));
        opts.show_secrets = (data[0] & 32) != 0;
        in.pos++;
    }
    fill_job(j, &in);
    result_line_write(j, &opts);
    check_line(&j->line, j->meta != NULL);
    job_free(pool, j);
    job_pool_free(pool);
    return 0;
}
