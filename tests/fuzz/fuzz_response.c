/*
 * fuzz_response.c - whatever bytes a server sends, they become one valid
 * line: through libcurl, the engine's callbacks, next and result_line.
 *
 * The input: a letter that chooses the options, then what the server says, on
 * each connection the same.  It says it at once and closes.
 */
#include "fuzz.h"
#include "line.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <ev.h>

#include "app/app.h"
#include "app/next.h"
#include "base/clock.h"
#include "body/body.h"
#include "body/room.h"
#include "cli/opts.h"
#include "engine/cookies.h"
#include "engine/libcurl.h"
#include "engine/sockets.h"
#include "engine/transfer.h"
#include "output/result_line.h"

#define HOPS_MAX 3

/* Little, so that unpacking is often interrupted. */
#define TURN_WORK 1000

static const char *const variants[][8] = {
    {"--include-headers", "--redirects", "--body"},
    {"--body=json", "--attempts", "--retry=2", "--retry-delay=1ms"},
    {"--body=text", "--max-size=1000", "--sha256"},
    {"--body=base64", "--truncate=100", "--include-headers"},
    {"--http2-prior-knowledge", "--body", "--include-headers"},
    {"--no-decompress", "--body", "--max-redirects=0"},
    {"--http1.0", "--request=HEAD", "--include-headers"},
    {"--user=me:pw", "--digest", "--body", "--cookie-jar=/dev/null"},
};

/* A server in the same thread: it says all it has to say at once. */
struct server {
    const uint8_t *data;
    size_t size;
    char name[32]; /* of its abstract unix socket */
    int listener;
    int fds[8]; /* connections, nfds of them */
    size_t nfds;
};

static struct opts *
make_opts(unsigned variant)
{
    char *argv[12] = {(char *)"fanfetch"};
    int argc = 1;
    struct opts *opts;

    for (; argc < 9 && variants[variant][argc - 1]; argc++)
        argv[argc] = (char *)variants[variant][argc - 1];
    check(opts_parse(argc, argv, &opts) == OPTS_RUN);
    opts->insecure = true; /* reading all CA certificates takes 50 ms */
    return opts;
}

static void
server_listen(struct server *s)
{
    struct sockaddr_un addr = {.sun_family = AF_UNIX};
    int len = snprintf(s->name, sizeof(s->name), "fuzz-%d", (int)getpid());

    memcpy(addr.sun_path + 1, s->name, (size_t)len);
    s->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    check(s->listener >= 0 &&
          bind(s->listener, (struct sockaddr *)&addr,
               (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
                           (size_t)len)) == 0 &&
          listen(s->listener, 8) == 0);
}

static void
server_serve(struct server *s)
{
    ssize_t n;
    int fd;

    while (s->nfds < ARRAY_LEN(s->fds) &&
           (fd = accept4(s->listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        n = send(fd, s->data, s->size, MSG_NOSIGNAL);
        /* The client may have left before it was let in. */
        check(n == (ssize_t)s->size || errno == EPIPE || errno == ECONNRESET);
        shutdown(fd, SHUT_WR);
        s->fds[s->nfds++] = fd;
    }
}

static void
server_close(struct server *s)
{
    for (size_t i = 0; i < s->nfds; i++)
        close(s->fds[i]);
    close(s->listener);
}

static curl_socket_t
on_open(void *ctx, curlsocktype purpose, struct curl_sockaddr *addr)
{
    (void)ctx, (void)purpose;
    return socket(addr->family, addr->socktype, addr->protocol);
}

static int
on_close(void *ctx, curl_socket_t fd)
{
    (void)ctx;
    return close(fd);
}

static void
on_event(void *ctx, struct transfer *x)
{
    (void)ctx, (void)x;
}

static bool
is_in_use(void *ctx, const struct wire *w)
{
    (void)ctx, (void)w;
    return false;
}

/* Run one hop; what the connection came to is in the job's result. */
static void
run_hop(const struct transfer_env *env, struct server *server, struct job *j)
{
    CURLM *multi = curl_multi_init();
    struct transfer *x = transfer_new(env);
    CURLcode code = CURLE_OPERATION_TIMEDOUT;
    CURLMsg *msg;
    int running = 1, left;

    transfer_start(x, j, clock_now_us());
    curl_easy_setopt(x->easy, CURLOPT_TIMEOUT_MS, 2000L);
    curl_easy_setopt(x->easy, CURLOPT_ABSTRACT_UNIX_SOCKET, server->name);
    curl_multi_add_handle(multi, x->easy);
    while (running > 0) {
        curl_multi_perform(multi, &running);
        server_serve(server);
        *env->turn_work = TURN_WORK;
        if (x->wire.state == TRANSFER_PAUSED &&
            (code = transfer_resume(x)) != CURLE_OK)
            break;
        if (running > 0)
            curl_multi_poll(multi, NULL, 0, 10, NULL);
    }
    while ((msg = curl_multi_info_read(multi, &left)))
        code = msg->data.result;
    curl_multi_remove_handle(multi, x->easy);
    check(transfer_finish(x, code, clock_now_us()) == j);
    transfer_free(x);
    curl_multi_cleanup(multi);
}

/* Hop by hop, and attempt by attempt, to the end or to where it is enough. */
static void
run_job(const struct transfer_env *env, struct server *server, struct job *j)
{
    for (int i = 0; i < HOPS_MAX; i++) {
        run_hop(env, server, j);
        next_after(j, env->opts, clock_now_us());
        if (i == HOPS_MAX - 1)
            j->next = JOB_FINAL;
        body_commit(env->bodies, j);
        if (j->next == JOB_FINAL)
            break;
    }
}

static void
make_job(struct job *j, const struct opts *opts)
{
    static const char url[] = "http://127.0.0.1:80/";
    struct url_flaw flaw;

    j->url_given = url;
    j->url_given_len = strlen(url);
    check(url_parse(url, strlen(url), "http", &j->mem, &j->origin, &flaw) == 0);
    next_first(j, opts);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool is_ready;
    struct server server = {0};
    struct opts *opts;
    struct body_env bodies = {0};
    struct transfer_env env = {0};
    int64_t turn_work = TURN_WORK;
    bool must_check = false, has_wrong_version = false;
    struct sockets *sockets;
    struct job_pool *pool;
    struct job *j;

    if (size == 0 || size > 65536)
        return 0;
    if (!is_ready)
        check(libcurl_init() == 0);
    is_ready = true;
    server.data = data + 1;
    server.size = size - 1;
    server_listen(&server);
    opts = make_opts(data[0] % ARRAY_LEN(variants));
    bodies.opts = opts;
    bodies.room = room_new();
    env.opts = opts;
    env.bodies = &bodies;
    check(cookies_new(opts, &env.cookies) == 0);
    env.opensocket = on_open;
    env.closesocket = on_close;
    /* Its sockets are none of these: each connection is a new one. */
    sockets = sockets_new(&(struct sockets_config){
        .loop = ev_default_loop(0),
        .limit = 100,
    });
    env.socket_ctx = sockets;
    env.on_activity = env.on_ready = env.on_paused = on_event;
    env.on_held = env.on_redirect = on_event;
    env.must_check = &must_check;
    env.has_wrong_version = &has_wrong_version;
    env.is_in_use = is_in_use;
    env.turn_work = &turn_work;
    pool = job_pool_new();
    j = job_new(pool);
    make_job(j, opts);
    run_job(&env, &server, j);
    result_line_write(j, opts);
    check_line(&j->line, opts->body == BODY_AS_JSON);
    server_close(&server);
    sockets_free(sockets);
    job_free(pool, j);
    room_free(bodies.room);
    job_pool_free(pool);
    check(cookies_free(env.cookies) == 0);
    opts_free(opts);
    return 0;
}
