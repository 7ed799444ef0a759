#include "base/buf.h"
#include "body/capture.h"
#include "job/earlier.h"
#include "job/job.h"
#include "job/options.h"
#include "output/warc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>

static char dir[] = "/tmp/test_warc.XXXXXX";
static struct opts opts;
static struct job_pool *pool;
static struct warc *warc;

static void
enter(void)
{
    cr_assert(mkdtemp(dir));
    cr_assert_eq(chdir(dir), 0);
    pool = job_pool_new();
    opts = (struct opts){.warc = "a.warc", .warc_size = -1, .sha256 = true};
}

static void
leave(void)
{
    char command[64];

    snprintf(command, sizeof(command), "rm -r %s", dir);
    cr_assert_eq(system(command), 0);
    job_pool_free(pool);
}

TestSuite(warc, .init = enter, .fini = leave);

static void
open_warc(void)
{
    cr_assert_eq(warc_open(&opts, &warc), WARC_OPENED);
}

/* A hop that has ended: its request, and the response's head and body. */
static struct job *
fetch(const char *url, const char *headers, int status, const char *body)
{
    struct job *j = job_new(pool);
    struct buf head = BUF_INIT;

    j->first.method = "GET";
    j->target.url = url;
    j->res.url_effective = url;
    j->capture = capture_new(warc_capture_env(warc));
    capture_begin(j->capture);
    buf_printf(&head, "GET / HTTP/1.1\r\n%s\r\n", headers);
    capture_sent_head(j->capture, head.data, head.len);
    if (status) {
        buf_clear(&head);
        buf_printf(&head, "HTTP/1.1 %d X\r\n", status);
        capture_head_line(j->capture, head.data, head.len, status);
        capture_head_line(j->capture, "\r\n", 2, 0);
        capture_body(j->capture, body, strlen(body));
    }
    buf_fini(&head);
    return j;
}

/* The archive from where the job's record begins; all of it where j is NULL. */
static char *
record_of(const struct job *j)
{
    static char text[100000];
    FILE *f = fopen(j ? j->res.warc_file : opts.warc, "r");
    size_t len;

    cr_assert(f);
    cr_assert_eq(fseek(f, j ? (long)j->res.warc_offset : 0, SEEK_SET), 0);
    len = fread(text, 1, sizeof(text) - 1, f);
    fclose(f);
    if (j) {
        cr_assert_leq((size_t)j->res.warc_length, len);
        len = (size_t)j->res.warc_length;
    }
    text[len] = '\0';
    return text;
}

static void
expect_lines(const char *text, const char *const *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cr_expect(strstr(text, lines[i]), "%s in %s", lines[i], text);
}

Test(warc, a_response_is_what_the_result_leads_to)
{
    static const char *const lines[] = {
        "WARC/1.1\r\nWARC-Type: response\r\n",
        "\r\nWARC-Target-URI: http://h/a%20b%C3%A4\r\n",
        "\r\nContent-Length: 24\r\n\r\nHTTP/1.1 200 X\r\n\r\nhello\n\r\n\r\n",
        /* printf 'hello\n' | sha256sum */
        ("\r\nWARC-Payload-Digest: sha256:5891b5b522d5df086d0ff0b110fbd9d2"
         "1bb4fc7163af34d08286a2e846f6be03\r\n"),
    };
    struct job *j;
    const char *text;

    open_warc();
    j = fetch("http://me:secret@h/a b\xc3\xa4", "", 200, "hello\n");
    warc_put_hop(warc, j);
    cr_assert_null(j->capture);
    cr_assert_eq(j->res.error.class, ERR_NONE);
    expect_lines(record_of(j), lines, ARRAY_LEN(lines));
    cr_assert(j->res.archived);
    cr_assert_str_eq(j->res.archived->url, "http://h/a%20b%C3%A4");
    cr_assert_eq(j->res.archived->offset, j->res.warc_offset);
    cr_assert(strstr(record_of(j), j->res.archived->id));
    text = record_of(NULL);
    cr_assert_eq(strncmp(text, "WARC/1.1\r\nWARC-Type: warcinfo\r\n", 31), 0);
    cr_assert(strstr(text, "WARC-Type: request\r\n"));
    cr_assert_not(strstr(text, "secret"));
    job_free(pool, j);
    cr_assert_eq(warc_close(warc), 0);
}

Test(warc, the_same_body_is_there_once)
{
    static const char *const lines[] = {
        "WARC/1.1\r\nWARC-Type: revisit\r\n",
        "/revisit/identical-payload-digest\r\n",
        "\r\nWARC-Refers-To-Target-URI: http://h/1\r\n",
        "\r\nWARC-Truncated: length\r\n",
        "\r\n\r\nHTTP/1.1 404 X\r\n\r\n\r\n\r\n",
    };
    struct job *first, *again, *cut;

    open_warc();
    cut = fetch("http://h/0", "", 200, "a body");
    cut->capture->truncated = "time";
    first = fetch("http://h/1", "", 200, "a body");
    again = fetch("http://h/2", "", 404, "a body");
    warc_put_hop(warc, cut);
    warc_put_hop(warc, first);
    warc_put_hop(warc, again);
    cr_assert(strstr(record_of(cut), "\r\nWARC-Truncated: time\r\n"));
    cr_assert(strstr(record_of(first), "WARC-Type: response\r\n"));
    expect_lines(record_of(again), lines, ARRAY_LEN(lines));
    cr_assert(strstr(record_of(again), first->res.archived->id));
    cr_assert_str_eq(again->res.archived->id, first->res.archived->id);
    cr_assert_eq(again->res.archived->offset, first->res.warc_offset);
    job_free(pool, cut);
    job_free(pool, first);
    job_free(pool, again);
    cr_assert_eq(warc_close(warc), 0);
}

Test(warc, a_304_refers_to_the_earlier_record)
{
    static const struct archived record = {
        .id = "urn:uuid:1",
        .url = "http://h/<1>",
        .date = "2026-01-01T00:00:00Z",
        .file = "other.warc",
        .offset = 7,
        .length = 70,
    };
    static const char *const lines[] = {
        "WARC-Type: revisit\r\n",
        "/revisit/server-not-modified\r\n",
        "\r\nWARC-Refers-To: <urn:uuid:1>\r\n",
        "\r\nWARC-Refers-To-Target-URI: http://h/%3C1%3E\r\n",
        "\r\nWARC-Refers-To-Date: 2026-01-01T00:00:00Z\r\n",
    };
    struct header condition = {"If-None-Match", "x", NULL};
    struct earlier earlier = {
        .url = "http://h/1",
        .archived = &record,
        .conditions = &condition,
    };
    struct job *ours, *own, *unasked;

    open_warc();
    ours = fetch("http://h/1", "If-None-Match: x\r\n", 304, "");
    ours->earlier = &earlier;
    own = fetch("http://h/2", "If-None-Match: x\r\n", 304, "");
    own->earlier = &earlier;
    unasked = fetch("http://h/1", "", 304, "");
    warc_put_hop(warc, ours);
    warc_put_hop(warc, own);
    warc_put_hop(warc, unasked);
    expect_lines(record_of(ours), lines, ARRAY_LEN(lines));
    cr_assert_eq(ours->res.archived, &record);
    cr_assert(strstr(record_of(own), "/server-not-modified\r\n"));
    cr_assert_not(strstr(record_of(own), "WARC-Refers-To"));
    cr_assert_null(own->res.archived);
    cr_assert(strstr(record_of(unasked), "WARC-Type: response\r\n"));
    job_free(pool, ours);
    job_free(pool, own);
    job_free(pool, unasked);
    cr_assert_eq(warc_close(warc), 0);
}

Test(warc, a_failure_is_metadata_beside_its_request)
{
    struct job *j;

    open_warc();
    j = fetch("http://h/1", "", 0, "");
    warc_put_hop(warc, j);
    cr_assert_null(j->res.warc_file);
    cr_assert(j->res.warc_request);
    buf_addstr(&j->line, "{\"index\":0}\n");
    warc_put_failure(warc, j);
    cr_assert(strstr(record_of(j), "WARC-Type: metadata\r\n"));
    cr_assert(strstr(record_of(j), "\r\n\r\n{\"index\":0}\n\r\n\r\n"));
    cr_assert(strstr(record_of(j), j->res.warc_request));
    job_free(pool, j);
    cr_assert_eq(warc_close(warc), 0);
}

Test(warc, a_failed_write_is_the_error_of_the_result)
{
    struct job *j;

    cr_redirect_stderr();
    opts.warc = "/dev/full";
    cr_assert_eq(warc_open(&opts, &warc), WARC_FAILED);
    opts.warc = "a.warc";
    open_warc();
    j = fetch("http://h/1", "", 200, "x");
    j->capture->os_errno = 28;
    warc_put_hop(warc, j);
    cr_assert(warc_has_failed(warc));
    cr_assert_null(j->res.warc_file);
    cr_assert_eq(j->res.error.class, ERR_WRITE);
    cr_assert_str_eq(j->res.error.code, "disk_full");
    job_free(pool, j);
    j = fetch("http://h/1", "", 200, "x");
    warc_put_hop(warc, j);
    cr_assert_eq(j->res.error.class, ERR_WRITE, "nothing more is written");
    job_free(pool, j);
    cr_assert_eq(warc_close(warc), -1);
}
