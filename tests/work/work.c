/*
 * work.c - hostile input of two sizes for each parser and for what is kept per
 * record, so that callgrind can count what the second costs more.
 *
 *     valgrind --tool=callgrind --zero-before=measured --dump-after=measured \
 *         build/tests/work
 *
 * prints the name of each shape twice, in the order of the dumps: one of SIZE,
 * and one of twice that.  What cost more than in proportion is not linear; the
 * case hostile/twice_the_input_is_not_four_times_the_work looks at it.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json_canonical.h"
#include "base/redact.h"
#include "body/codings.h"
#include "body/disposition.h"
#include "body/expect.h"
#include "body/name_template.h"
#include "dns/overrides.h"
#include "engine/cookie.h"
#include "engine/cookie_store.h"
#include "input/csv.h"
#include "input/lines.h"
#include "input/request_csv.h"
#include "input/request_json.h"
#include "input/select.h"
#include "input/sitemap.h"
#include "input/source.h"
#include "job/job.h"
#include "job/options.h"
#include "output/charset.h"
#include "output/headers.h"
#include "output/resume.h"
#include "output/since_index.h"
#include "output/warc_file.h"
#include "report/examples.h"
#include "report/timeline.h"
#include "report/top_hosts.h"
#include "sched/sched.h"
#include "url/hostset.h"
#include "url/netrc.h"
#include "url/route.h"
#include "url/url.h"

struct shape {
    const char *name;
    void (*make)(struct buf *text, size_t n); /* NULL: there is no text */
    void (*use)(const struct buf *text, size_t n);
    size_t n;
};

/* fuzz_response.c's: a letter for its options, and a response. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

void measured(const struct shape *shape, const struct buf *text, size_t n);

static void
repeat(struct buf *b, const char *piece, size_t n)
{
    while (n-- > 0)
        buf_addstr(b, piece);
}

/* ---- Records ---- */

static void
use_record(const struct buf *text, size_t n)
{
    struct record rec = {
        .text = text->data, .len = text->len, .place = "f", .line = 1};
    struct job_pool *pool = job_pool_new();
    struct job *j = job_new(pool);

    (void)n;
    (void)!request_json_parse(&rec, INPUT_AUTO, j);
    job_free(pool, j);
    job_pool_free(pool);
}

static void
make_header_values(struct buf *b, size_t n)
{
    buf_addstr(b, "{\"url\":\"http://h/\",\"headers\":{\"a\":[\"\"");
    repeat(b, ",\"v\"", n);
    buf_addstr(b, "]}}");
}

static void
make_header_names(struct buf *b, size_t n)
{
    buf_addstr(b, "{\"url\":\"http://h/\",\"headers\":{\"a\":\"\"");
    for (size_t i = 0; i < n; i++)
        buf_printf(b, ",\"x%zu\":\"v\"", i);
    buf_addstr(b, "}}");
}

static void
make_deep(struct buf *b, size_t n)
{
    buf_addstr(b, "{\"url\":\"http://h/\",\"meta\":");
    repeat(b, "[", n);
    repeat(b, "]", n);
    buf_addstr(b, "}");
}

static void
make_keys(struct buf *b, size_t n)
{
    buf_addstr(b, "{\"url\":\"http://h/\",\"meta\":{\"a\":0");
    for (size_t i = 0; i < n; i++)
        buf_printf(b, ",\"k%zu\":%zu", i, i);
    buf_addstr(b, "}}");
}

/* djb2 takes these two for the same, and so all that are made of them. */
static void
make_alike_keys(struct buf *b, size_t n)
{
    buf_addstr(b, "{\"url\":\"http://h/\",\"meta\":{\"a\":0");
    for (size_t i = 0; i < n; i++) {
        buf_addstr(b, ",\"");
        for (size_t bit = 1; bit < n; bit *= 2)
            buf_addstr(b, i & bit ? "Ez" : "FY");
        buf_addstr(b, "\":0");
    }
    buf_addstr(b, "}}");
}

static void
make_repeated_keys(struct buf *b, size_t n)
{
    buf_addstr(b, "{\"url\":\"http://h/\"");
    repeat(b, ",\"url\":\"http://h/\"", n);
    buf_addstr(b, "}");
}

static void
make_form(struct buf *b, size_t n)
{
    buf_addstr(b,
               "{\"url\":\"http://h/\",\"method\":\"POST\",\"form\":{\"a\":0");
    for (size_t i = 0; i < n; i++)
        buf_printf(b, ",\"k%zu\":\"v\"", i);
    buf_addstr(b, "}}");
}

static void
use_canonical(const struct buf *text, size_t n)
{
    struct buf out = BUF_INIT;

    (void)n;
    json_canonical(&out, text->data, text->len);
    buf_fini(&out);
}

static void
make_quotes(struct buf *b, size_t n)
{
    buf_addstr(b, "\"");
    repeat(b, "\"\"", n);
    buf_addstr(b, "\n");
}

/* Quotes that are never closed, so that all of it is one record. */
static void
use_lines(const struct buf *text, size_t n)
{
    struct lines *l = lines_new();
    struct line line;
    size_t at = 0, space;

    (void)n;
    lines_set_separator(l, ',');
    while (at < text->len) {
        char *to = lines_space(l, &space);

        space = space < 1000 ? space : 1000;
        space = space < text->len - at ? space : text->len - at;
        memcpy(to, text->data + at, space);
        lines_filled(l, space);
        at += space;
        while (lines_next(l, &line))
            continue;
    }
    lines_end(l);
    while (lines_next(l, &line))
        continue;
    lines_free(l);
}

static void
use_sitemap(const struct buf *text, size_t n)
{
    struct sitemap *s = sitemap_new();
    struct sitemap_entry e;
    enum sitemap_status status;
    size_t at = 0, space;

    (void)n;
    while ((status = sitemap_next(s, &e)) != SITEMAP_END) {
        if (status != SITEMAP_MORE)
            continue;
        if (at == text->len) {
            sitemap_end(s);
            continue;
        }
        char *to = sitemap_space(s, &space);
        space = space < text->len - at ? space : text->len - at;
        memcpy(to, text->data + at, space);
        sitemap_filled(s, space);
        at += space;
    }
    sitemap_free(s);
}

static void
make_nested_sitemap(struct buf *b, size_t n)
{
    repeat(b, "<urlset>", n);
    repeat(b, "</urlset>", n);
}

static void
make_pieces_of_a_loc(struct buf *b, size_t n)
{
    buf_addstr(b, "<urlset><url><loc>http://h/");
    repeat(b, "&amp;x<!-- -->", n);
    buf_addstr(b, "</loc></url></urlset>");
}

/* ---- URLs ---- */

static void
use_url(const struct buf *text, size_t n)
{
    struct url_flaw flaw;
    struct target t;
    struct arena mem;

    (void)n;
    arena_init(&mem);
    (void)!url_parse(text->data, text->len, "https", &mem, &t, &flaw);
    arena_reset(&mem);
}

static void
use_location(const struct buf *text, size_t n)
{
    struct url_flaw flaw;
    struct target base, t;
    struct arena mem;
    char *location;

    (void)n;
    arena_init(&mem);
    location = arena_strndup(&mem, text->data, text->len);
    if (url_parse("http://h/a/b", 12, "https", &mem, &base, &flaw) == 0)
        (void)!url_follow(&base, location, false, &mem, &t, &flaw);
    arena_reset(&mem);
}

static void
use_redact(const struct buf *text, size_t n)
{
    struct buf out = BUF_INIT;

    (void)n;
    redact_url(&out, text->data, text->len);
    buf_fini(&out);
}

static void
make_dots(struct buf *b, size_t n)
{
    buf_addstr(b, "http://");
    repeat(b, "a.", n);
}

static void
make_percents(struct buf *b, size_t n)
{
    buf_addstr(b, "http://");
    repeat(b, "%61", n);
    buf_addstr(b, "/");
    repeat(b, "%2e%2E/%", n);
}

static void
make_dot_dots(struct buf *b, size_t n)
{
    buf_addstr(b, "http://h/");
    repeat(b, "x/", n);
    repeat(b, "../", n);
}

static void
make_steps_up(struct buf *b, size_t n)
{
    repeat(b, "x/.././", n);
}

static void
make_ats(struct buf *b, size_t n)
{
    repeat(b, "http://a:b@", n);
}

/* ---- Responses ---- */

static void
use_response(const struct buf *text, size_t n)
{
    (void)n;
    LLVMFuzzerTestOneInput((const uint8_t *)text->data, text->len);
}

static void
make_headers(struct buf *b, size_t n)
{
    buf_addstr(b, "@HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "X%zu: y\r\n", i % 50);
    buf_addstr(b, "\r\n");
}

static void
make_codings(struct buf *b, size_t n)
{
    buf_addstr(b, "@HTTP/1.1 200 OK\r\nContent-Length: 2\r\n");
    repeat(b, "Content-Encoding: identity,,\r\n", n);
    buf_addstr(b, "\r\nok");
}

static void
make_set_cookies(struct buf *b, size_t n)
{
    buf_addstr(b, "GHTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "Set-Cookie: c%zu=v; Path=/%zu\r\n", i, i);
    buf_addstr(b, "\r\n");
}

static void
make_chunks(struct buf *b, size_t n)
{
    buf_addstr(b, "@HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    repeat(b, "1\r\nx\r\n", n);
    buf_addstr(b, "0\r\n\r\n");
}

static void
make_trailers(struct buf *b, size_t n)
{
    buf_addstr(b,
               "@HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
    repeat(b, "X: y\r\n", n);
    buf_addstr(b, "\r\n");
}

static void
make_redirect(struct buf *b, size_t n)
{
    buf_addstr(b, "@HTTP/1.1 302 Found\r\nLocation: ");
    repeat(b, "x/../", n);
    buf_addstr(b, "\r\nContent-Length: 0\r\n\r\n");
}

static void
make_raw_headers(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "X%zu: y\r\n", i);
}

static void
use_headers(const struct buf *text, size_t n)
{
    struct buf out = BUF_INIT;

    (void)n;
    headers_write(&out, text->data, text->len, false);
    buf_fini(&out);
}

static void
use_disposition(const struct buf *text, size_t n)
{
    struct buf name = BUF_INIT;
    char *value = xcalloc(text->len + 1, 1);

    (void)n;
    memcpy(value, text->data, text->len);
    (void)!disposition_filename(value, &name);
    free(value);
    buf_fini(&name);
}

static void
make_parameters(struct buf *b, size_t n)
{
    buf_addstr(b, "attachment");
    repeat(b, "; filename*0=\"a\\\"\"", n);
}

static void
use_charset(const struct buf *text, size_t n)
{
    static const char *const types[] = {"text/html; charset=iso-2022-jp",
                                        "text/plain", "a; charset=gb18030",
                                        "a; charset=utf-16"};
    struct buf out = BUF_INIT;

    (void)n;
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        charset_write(&out, types[i], text->data, text->len);
    buf_fini(&out);
}

static void
make_escapes(struct buf *b, size_t n)
{
    repeat(b, "\x1b$B\x1b(J<meta charset=\x81\xff", n);
}

static void
use_expect(const struct buf *text, size_t n)
{
    static const char regex[] = "(a+)+$|(a|aa)*b|x*y*z*a*c";
    struct expect_flaw flaw;
    struct expect *e = expect_new(regex, strlen(regex), &flaw);
    char why[EXPECT_TEXT];

    (void)n;
    if (e)
        (void)expect_match(e, text->data, text->len, why);
    expect_free(e);
}

static void
make_as(struct buf *b, size_t n)
{
    repeat(b, "a", n);
    buf_addstr(b, "!");
}

static void
use_template(const struct buf *text, size_t n)
{
    struct template_values values = {.host = "h",
                                     .url = text->data,
                                     .method = "GET",
                                     .ext = ".x",
                                     .hash = "0123456789abcdef",
                                     .date = "2026-11-29",
                                     .status = 200};
    struct buf out = BUF_INIT;

    (void)n;
    template_expand(&out, "{path}/{dir}/{basename}{stem}{query}{filename}",
                    &values);
    buf_fini(&out);
}

static void
make_long_path(struct buf *b, size_t n)
{
    buf_addstr(b, "http://h/");
    repeat(b, "a./%2f\xc3\xa4", n);
    buf_addc(b, '\0');
}

/* ---- What is kept per record, host or cookie ---- */

static void
use_cookies(const struct buf *text, size_t n)
{
    struct cookie_place place = {
        .host = "a.example", .host_len = 9, .path = "/"};
    struct cookie_store *s = cookie_store_new();
    struct buf line = BUF_INIT;
    char set[64];

    (void)text;
    for (size_t i = 0; i < n; i++) {
        int len = snprintf(set, sizeof(set), "c%zu=v", i);
        struct cookie *c =
            cookie_from_field(set, (size_t)len, &place, 1700000000);

        if (c)
            cookie_store_add(s, c, false, 1700000000);
        if (i % 50 == 0)
            cookie_store_line(s, &place, 1700000000, &line);
        buf_clear(&line);
    }
    buf_fini(&line);
    cookie_store_free(s);
}

static void
use_cookie_hosts(const struct buf *text, size_t n)
{
    struct cookie_store *s = cookie_store_new();
    char host[64];

    (void)text;
    for (size_t i = 0; i < n; i++) {
        int len = snprintf(host, sizeof(host), "h%zu.example", i);
        struct cookie_place place = {
            .host = host, .host_len = (size_t)len, .path = "/"};
        struct cookie *c = cookie_from_field("a=b", 3, &place, 1700000000);

        if (c)
            cookie_store_add(s, c, false, 1700000000);
    }
    cookie_store_free(s);
}

static void
use_hosts(const struct buf *text, size_t n)
{
    struct job_pool *pool = job_pool_new();
    struct sched *s = sched_new(
        &(struct sched_config){.nengines = 1, .limit = 10, .concurrency = 10});
    struct top_hosts *top = top_hosts_new(100);
    struct result res = {0};
    struct job *j;
    int64_t wait_us;

    (void)text;
    for (size_t i = 0; i < n; i++) {
        j = job_new(pool);
        j->req.method = "GET";
        j->target.host = j->target.connect_host = "192.0.2.1";
        j->target.is_numeric = j->target.connect_is_numeric = true;
        j->target.key = arena_printf(&j->mem, "http://h%zu:80", i);
        sched_add(s, j, US_PER_S);
        top_hosts_add(top, j->target.key, strlen(j->target.key), &res, 1);
    }
    while ((j = sched_next(s, 2 * US_PER_S, &wait_us))) {
        sched_done(s, j, 2 * US_PER_S);
        job_free(pool, j);
    }
    sched_free(s);
    top_hosts_free(top);
    job_pool_free(pool);
}

static void
use_patterns(const struct buf *text, size_t n)
{
    char **patterns = xcalloc(n, sizeof(*patterns));
    struct hostset *set;

    for (size_t i = 0; i < n; i++) {
        struct buf b = BUF_INIT;

        buf_printf(&b, "*.h%zu.example", i);
        buf_addc(&b, '\0');
        patterns[i] = b.data;
    }
    set = hostset_new((const char *const *)patterns, n);
    for (size_t i = 0; i < 10; i++)
        (void)hostset_has_name(set, text->data);
    hostset_free(set);
    for (size_t i = 0; i < n; i++)
        free(patterns[i]);
    free(patterns);
}

static void
make_name(struct buf *b, size_t n)
{
    repeat(b, "a.", n < 120 ? n : 120);
    buf_addc(b, '\0');
}

/* In the home directory, which is the case's. */
static void
use_netrc(const struct buf *text, size_t n)
{
    FILE *f = fopen(".netrc", "w");
    struct netrc *netrc;

    (void)n;
    if (!f || fwrite(text->data, 1, text->len, f) != text->len ||
        fclose(f) != 0)
        exit(2);
    netrc = netrc_read();
    for (size_t i = 0; i < 10; i++)
        (void)netrc_has(netrc, "nowhere.example");
    netrc_free(netrc);
}

static void
make_machines(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "machine h%zu login a password \"b\\\"\"\n", i);
}

static void
use_results(const struct buf *text, size_t n)
{
    FILE *f = fopen("results", "w");
    struct since_index *since;

    (void)n;
    if (!f || fwrite(text->data, 1, text->len, f) != text->len ||
        fclose(f) != 0)
        exit(2);
    since = since_index_load("results");
    since_index_free(since);
}

static void
make_results(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_printf(b,
                   "{\"index\":%zu,\"id\":null,\"url\":\"http://h/%zu\","
                   "\"method\":\"GET\",\"ok\":true,\"etag\":\"x\"}\n",
                   i, i % 7);
}

/* Write the stored results of a run to a file. */
static void
write_file(const char *name, const struct buf *text)
{
    FILE *f = fopen(name, "w");

    if (!f || fwrite(text->data, 1, text->len, f) != text->len ||
        fclose(f) != 0)
        exit(2);
}

static void
use_archive(const struct buf *text, size_t n)
{
    struct warc_file *f = NULL;

    (void)n;
    write_file("a.warc", text);
    (void)!warc_file_open("a.warc", -1, &f);
    (void)!warc_file_close(f);
}

static void
make_archive(struct buf *b, size_t n)
{
    repeat(b,
           "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 2\r\n\r\nok"
           "\r\n\r\n",
           n);
    buf_addstr(b, "WARC/1.1\r\nWARC-Ty");
}

static void
use_resumed(const struct buf *text, size_t n)
{
    int fd, new_fd = -1;
    struct resume *r;

    write_file("resumed", text);
    fd = open("resumed", O_RDWR | O_CLOEXEC);
    r = resume_load("resumed", fd, false, true);
    if (r)
        (void)!resume_remove(r, NULL, &new_fd);
    for (size_t i = 0; r && i < n; i++)
        (void)resume_take(r, &(struct resume_record){.method = "GET",
                                                     .url = "http://h/1",
                                                     .url_len = 10});
    resume_free(r);
    close(fd);
    if (new_fd >= 0)
        close(new_fd);
}

static void
make_resumed(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_printf(b,
                   "{\"index\":%zu,\"id\":null,\"url\":\"http://h/1\","
                   "\"url_effective\":null,\"method\":\"GET\",\"ok\":false,"
                   "\"status_code\":null,\"error\":{\"class\":\"%s\"},"
                   "\"body_path\":\"b/%zu\"}\n",
                   i, i % 2 ? "dns" : "aborted", i % 9);
}

/* Jobs that fail in as many ways as there are statuses and codes. */
static void
use_report(const struct buf *text, size_t n)
{
    struct examples *e = examples_new(false);
    struct timeline *t = timeline_new();
    struct job_pool *pool = job_pool_new();

    for (size_t i = 0; i < n; i++) {
        struct job *j = job_new(pool);

        j->url_given = j->origin.url = j->target.url = text->data;
        j->url_given_len = text->len - 1;
        j->res.url_effective = text->data;
        j->res.status = (int)(i * 7 % 1000);
        if (i % 2)
            result_fail(&j->res, ERR_HTTP, i % 4 == 1 ? "a" : "b",
                        PHASE_RECEIVE, false, "%zu", i);
        examples_add(e, j, (int64_t)i);
        timeline_add(t, (int64_t)(i * i) * US_PER_S, &j->res, (int64_t)i);
        job_free(pool, j);
    }
    examples_free(e);
    timeline_free(t);
    job_pool_free(pool);
}

static void
make_short_url(struct buf *b, size_t n)
{
    (void)n;
    buf_addstr(b, "http://a.example/");
    buf_addc(b, '\0');
}

/* ---- Lists of options ---- */

/* That many entries of the form, with a number in it. */
static void
make_entries(struct arena *mem, struct strings *list, bool connects, size_t n)
{
    for (size_t i = 0; i < n; i++)
        strings_add(mem, list,
                    connects ? arena_printf(mem, "h%zu:80:i:1", i)
                             : arena_printf(mem, "h%zu:80:192.0.2.1", i));
}

static void
use_rules(const struct buf *text, size_t n)
{
    struct opts opts = {.proxy_http = "http://proxy", .noproxy = text->data};
    struct overrides *o;
    struct arena mem;

    arena_init(&mem);
    make_entries(&mem, &opts.connect_to, true, n);
    make_entries(&mem, &opts.resolve, false, n);
    o = overrides_new(opts.resolve.v, opts.resolve.n);
    for (size_t i = 0; i < 10; i++) {
        struct target t = {.url = "http://nowhere/",
                           .host = "nowhere",
                           .connect_host = "nowhere",
                           .port = 80,
                           .connect_port = 80,
                           .key = "http://nowhere:80"};

        route_select(&opts, &t, &mem);
        (void)overrides_find(o, "nowhere", 80);
    }
    overrides_free(o);
    arena_reset(&mem);
}

static void
make_names(struct buf *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_printf(b, ".h%zu.example, ", i);
    buf_addc(b, '\0');
}

static void
use_addresses(const struct buf *text, size_t n)
{
    const char *entry = text->data;
    struct overrides *o = overrides_new(&entry, 1);

    (void)n;
    overrides_free(o);
}

static void
make_addresses(struct buf *b, size_t n)
{
    buf_addstr(b, "h:80:192.0.2.1");
    repeat(b, ",[2001:db8::1]", n);
    buf_addc(b, '\0');
}

/* ---- Tables ---- */

static void
use_table(const struct buf *text, size_t n)
{
    struct record rec = {.text = text->data, .len = text->len, .place = "f"};
    struct span row = {text->data, text->len};
    struct job_pool *pool = job_pool_new();
    struct job *j = job_new(pool);
    struct buf why = BUF_INIT;
    struct csv_head *head = csv_head_new(row, ',', &why);

    (void)n;
    rec.head = head;
    if (head)
        (void)!request_csv_parse(&rec, j);
    csv_head_free(head);
    buf_fini(&why);
    job_free(pool, j);
    job_pool_free(pool);
}

static void
make_columns(struct buf *b, size_t n)
{
    buf_addstr(b, "url");
    for (size_t i = 0; i < n; i++)
        buf_printf(b, ",\"c\"\"%zu\"", i);
}

static const struct shape shapes[] = {
    {"header values of a record", make_header_values, use_record, 5000},
    {"header names of a record", make_header_names, use_record, 5000},
    {"nested meta", make_deep, use_record, 5000},
    {"keys of meta", make_keys, use_record, 3000},
    {"keys that a simple hash can't tell apart", make_alike_keys, use_record,
     2048},
    {"one key again and again", make_repeated_keys, use_record, 2000},
    {"fields of a form", make_form, use_record, 2000},
    {"keys to be sorted", make_alike_keys, use_canonical, 2048},
    {"doubled quotes of a table", make_quotes, use_lines, 20000},
    {"nested sitemaps", make_nested_sitemap, use_sitemap, 2000},
    {"pieces of a sitemap's URL", make_pieces_of_a_loc, use_sitemap, 2000},
    {"labels of a host", make_dots, use_url, 5000},
    {"percent signs of a URL", make_percents, use_url, 5000},
    {"steps up in a path", make_dot_dots, use_url, 5000},
    {"steps up in a Location", make_steps_up, use_location, 5000},
    {"credentials in credentials", make_ats, use_redact, 5000},
    {"lines of a head", make_headers, use_response, 2000},
    {"lines of Content-Encoding", make_codings, use_response, 1000},
    {"lines of Set-Cookie", make_set_cookies, use_response, 900},
    {"chunks of one byte", make_chunks, use_response, 4000},
    {"trailers", make_trailers, use_response, 2000},
    {"a long redirect", make_redirect, use_response, 5000},
    {"names of headers", make_raw_headers, use_headers, 2000},
    {"parameters of Content-Disposition", make_parameters, use_disposition,
     2000},
    {"escapes of charsets", make_escapes, use_charset, 2000},
    {"a body for a bad expression", make_as, use_expect, 2000},
    {"names of files", make_long_path, use_template, 5000},
    {"cookies of a host", NULL, use_cookies, 2000},
    {"hosts with a cookie", NULL, use_cookie_hosts, 4000},
    {"hosts", NULL, use_hosts, 2000},
    {"patterns of hosts", make_name, use_patterns, 1000},
    {"machines of a netrc", make_machines, use_netrc, 1000},
    {"earlier results", make_results, use_results, 2000},
    {"results of a run that goes on", make_resumed, use_resumed, 2000},
    {"records of an archive", make_archive, use_archive, 1000},
    {"figures of a report", make_short_url, use_report, 4000},
    {"rules for hosts", make_names, use_rules, 1000},
    {"addresses of a rule", make_addresses, use_addresses, 5000},
    {"columns of a table", make_columns, use_table, 2000},
};

/* Not inlined, and left only when all is done: callgrind looks for it. */
__attribute__((noinline)) void
measured(const struct shape *shape, const struct buf *text, size_t n)
{
    static volatile size_t nruns;

    shape->use(text, n);
    nruns = nruns + 1;
}

static void
run(const struct shape *shape, size_t n)
{
    struct buf text = BUF_INIT;

    if (shape->make)
        shape->make(&text, n);
    measured(shape, &text, n);
    buf_fini(&text);
}

int
main(int argc, char **argv)
{
    request_json_global_init();
    for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
        const struct shape *shape = &shapes[i];

        if (argc > 1 && !strstr(shape->name, argv[1]))
            continue;
        for (size_t n = shape->n; n <= 2 * shape->n; n += shape->n) {
            run(shape, n);
            printf("%s\n", shape->name);
        }
    }
    return 0;
}
