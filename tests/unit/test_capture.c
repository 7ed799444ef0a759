#include "base/buf.h"
#include "body/capture.h"
#include "body/gzip.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

static char dir[] = "/tmp/test_capture.XXXXXX";
static struct capture_env env;

static void
make_env(void)
{
    cr_assert(mkdtemp(dir));
    env = (struct capture_env){
        .store = store_open(dir, false),
        .pool = capture_pool_new(),
    };
    cr_assert(env.store);
}

static void
free_env(void)
{
    store_close(env.store);
    gzip_pool_free(env.gzip);
    capture_pool_free(env.pool);
    cr_assert_eq(rmdir(dir), 0, "no temporary file is left");
}

TestSuite(capture, .init = make_env, .fini = free_env);

static const char request[] = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

static void
send_head(struct capture *c, const char *text)
{
    capture_begin(c);
    capture_sent_head(c, text, strlen(text));
}

/* The lines of a response's head, each with its end. */
static void
receive_head(struct capture *c, int status, const char *text)
{
    while (*text) {
        const char *end = strchr(text, '\n') + 1;

        capture_head_line(c, text, (size_t)(end - text), status);
        status = 0;
        text = end;
    }
}

static void
expect_head(const struct message *m, const char *text)
{
    cr_assert_eq(m->head.len, strlen(text), "%.*s", (int)m->head.len,
                 m->head.data);
    cr_assert_eq(memcmp(m->head.data, text, m->head.len), 0, "%.*s",
                 (int)m->head.len, m->head.data);
}

Test(capture, secrets_of_requests_are_hidden)
{
    static const struct {
        const char *sent, *kept;
        bool has_validator;
    } cases[] = {
        {request, request, false},
        {"GET / HTTP/2\r\nhost: h\r\n\r\n", "GET / HTTP/1.1\r\nhost: h\r\n\r\n",
         false},
        {"GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", false},
        {"GET / HTTP/1.1\r\ncOOKIE: a\r\nX: y\r\nAuthorization: b\r\n"
         "If-None-Match: z\r\nProxy-Authorization: c\r\n\r\n",
         "GET / HTTP/1.1\r\ncOOKIE: ***\r\nX: y\r\nAuthorization: ***\r\n"
         "If-None-Match: z\r\nProxy-Authorization: ***\r\n\r\n",
         true},
        {"GET / HTTP/1.1\r\nIf-Modified-Since: z\r\n\r\n",
         "GET / HTTP/1.1\r\nIf-Modified-Since: z\r\n\r\n", true},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases) * 2; i++) {
        struct capture *c = capture_new(&env);
        char payload[DIGEST_TEXT];

        env.show_secrets = i >= ARRAY_LEN(cases);
        send_head(c, cases[i % ARRAY_LEN(cases)].sent);
        capture_seal(c, &c->request, payload);
        if (!env.show_secrets || i % ARRAY_LEN(cases) != 3)
            expect_head(&c->request, cases[i % ARRAY_LEN(cases)].kept);
        else
            expect_head(&c->request, cases[3].sent);
        cr_assert_eq(c->has_validator,
                     cases[i % ARRAY_LEN(cases)].has_validator);
        capture_free(c);
    }
}

Test(capture, lengths_are_true_where_chunks_were_removed)
{
    static const struct {
        const char *request;
        int status;
        const char *head, *kept;
    } cases[] = {
        {request, 200, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n",
         "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"},
        {request, 200, "HTTP/2 200 \r\nA: b\r\n\r\n",
         "HTTP/1.1 200 OK\r\nA: b\r\n\r\n"},
        {request, 299, "HTTP/3 299 \r\n\r\n", "HTTP/1.1 299 \r\n\r\n"},
        {request, 200,
         "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nA: b\r\n\r\n",
         "HTTP/1.1 200 OK\r\nX-Archive-Orig-transfer-encoding: chunked\r\n"
         "A: b\r\nContent-Length: 4\r\n\r\n"},
        {"HEAD / HTTP/1.1\r\n\r\n", 200,
         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
         "HTTP/1.1 200 OK\r\n"
         "X-Archive-Orig-Transfer-Encoding: chunked\r\n\r\n"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct capture *c = capture_new(&env);
        char payload[DIGEST_TEXT];

        send_head(c, cases[i].request);
        /* An interim response, and a first attempt of libcurl's. */
        receive_head(c, 103, "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
        cr_assert_not(capture_has_response(c));
        receive_head(c, cases[i].status, cases[i].head);
        cr_assert(capture_has_response(c));
        capture_body(c, "body", 4);
        capture_seal(c, &c->response, payload);
        expect_head(&c->response, cases[i].kept);
        cr_assert_str_eq(payload, "230d8358dc8e8890b4c58deeb62912ee"
                                  "2f20357ae92a5cc861b98e68fe31acb5");
        capture_free(c);
    }
}

/* All of a message's body: what its file holds, and what is pending. */
static void
read_body(const struct message *m, struct buf *out)
{
    int fd = store_open_temp(env.store, m->temp);

    cr_assert(fd >= 0);
    out->len = (size_t)read(fd, buf_reserve(out, m->temp_bytes + 1),
                            m->temp_bytes + 1);
    cr_assert_eq(out->len, m->temp_bytes);
    close(fd);
}

Test(capture, a_long_body_goes_to_a_file)
{
    enum { LEN = 600000, SPOOLED = 2 * 256 * 1024 };
    struct capture *c = capture_new(&env);
    char payload[DIGEST_TEXT];
    struct buf body = BUF_INIT, back = BUF_INIT;
    struct digest *d = digest_new();
    char hex[DIGEST_TEXT];

    for (size_t i = 0; i < LEN; i++)
        buf_addc(&body, (char)('a' + i / 1000 % 26));
    digest_add(d, body.data, body.len);
    digest_finish(d, hex);
    send_head(c, request);
    receive_head(c, 200,
                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (size_t at = 0; at < LEN; at += 4000)
        capture_body(c, body.data + at, 4000);
    capture_seal(c, &c->response, payload);
    cr_assert_str_eq(payload, hex);
    cr_assert_eq(c->response.spooled, (uint64_t)SPOOLED);
    cr_assert_eq(c->response.body_bytes, (uint64_t)LEN);
    expect_head(&c->response,
                "HTTP/1.1 200 OK\r\n"
                "X-Archive-Orig-Transfer-Encoding: chunked\r\n\r\n");
    read_body(&c->response, &back);
    cr_assert_eq(back.len, (size_t)SPOOLED);
    cr_assert_eq(memcmp(back.data, body.data, back.len), 0);
    cr_assert_eq(c->response.pending.len, (size_t)(LEN - SPOOLED));
    cr_assert_eq(c->response.crc, gzip_crc(0, body.data, SPOOLED));

    /* The same capture for another request: nothing is left of this one. */
    send_head(c, request);
    receive_head(c, 200, "HTTP/1.1 200 OK\r\n\r\n");
    capture_body(c, "body", 4);
    capture_seal(c, &c->response, payload);
    cr_assert_eq(c->response.temp[0], '\0');
    cr_assert_eq(c->response.body_bytes, 4);
    cr_assert_eq(c->response.spooled, 0);
    cr_assert_str_neq(payload, hex);
    capture_free(c);
    digest_free(d);
    buf_fini(&body);
    buf_fini(&back);
}

Test(capture, a_freed_capture_is_used_again_and_is_blank)
{
    struct capture *all[100];
    char payloads[2][DIGEST_TEXT], blocks[2][DIGEST_TEXT];

    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < ARRAY_LEN(all); i++) {
            all[i] = capture_new(&env);
            cr_assert_eq(all[i]->wall_us, -1);
            cr_assert_null(all[i]->truncated);
            cr_assert_not(capture_has_response(all[i]));
            cr_assert_eq(all[i]->request.head.len, 0);
            send_head(all[i], request);
            receive_head(all[i], 200, "HTTP/1.1 200 OK\r\n\r\n");
            capture_body(all[i], "x", 1);
            all[i]->truncated = "time";
            capture_seal(all[i], &all[i]->response, payloads[round]);
            capture_digest_block(&all[i]->response, false, blocks[round]);
        }
        for (size_t i = 0; i < ARRAY_LEN(all); i++)
            capture_free(all[i]);
    }
    cr_assert_str_eq(blocks[0], blocks[1]);
    cr_assert_str_eq(payloads[0], payloads[1]);
    capture_free(NULL);
}

/* The SHA-256 of a text and of n letters x. */
static void
hash(const char *text, size_t n, char hex[DIGEST_TEXT])
{
    struct digest *d = digest_new();

    digest_add(d, text, strlen(text));
    while (n-- > 0)
        digest_add(d, "x", 1);
    digest_finish(d, hex);
    digest_free(d);
}

Test(capture, a_block_is_the_head_with_or_without_the_body)
{
    static const char head[] = "HTTP/1.1 200 OK\r\n\r\n";
    static const size_t sizes[] = {0, 5, 300000};

    for (size_t i = 0; i < ARRAY_LEN(sizes) * 2; i++) {
        size_t n = sizes[i / 2];
        bool is_head_only = i % 2;
        struct capture *c = capture_new(&env);
        char payload[DIGEST_TEXT], block[DIGEST_TEXT], want[DIGEST_TEXT];

        send_head(c, request);
        receive_head(c, 200, head);
        for (size_t k = 0; k < n; k++)
            capture_body(c, "x", 1);
        capture_seal(c, &c->response, payload);
        capture_digest_block(&c->response, is_head_only, block);
        hash(head, is_head_only ? 0 : n, want);
        cr_assert_str_eq(block, want);
        hash("", n, want);
        cr_assert_str_eq(payload, want);
        capture_free(c);
    }
}

Test(capture, a_request_is_sent_with_its_blank_line)
{
    struct capture *c = capture_new(&env);

    cr_assert_not(capture_has_request(c));
    send_head(c, "GET / HTTP/1.1\r\nHost: h\r\n");
    cr_assert_not(capture_has_request(c));
    capture_sent_head(c, "\r\n", 2);
    cr_assert(capture_has_request(c));
    capture_begin(c);
    cr_assert_not(capture_has_request(c));
    capture_free(c);
}

Test(capture, a_folder_that_is_gone_is_told)
{
    struct capture *c = capture_new(&env);
    char *big = calloc(1, 300000);

    cr_assert_eq(rmdir(dir), 0);
    send_head(c, request);
    receive_head(c, 200, "HTTP/1.1 200 OK\r\n\r\n");
    capture_body(c, big, 300000);
    cr_assert_neq(c->os_errno, 0);
    capture_free(c);
    free(big);
    cr_assert(mkdtemp(strcpy(dir, "/tmp/test_capture.XXXXXX")));
}
