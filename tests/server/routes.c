#include "route.h"

#include <stdlib.h>
#include <string.h>

#include "gate.h"
#include "stats.h"

struct route {
    const char *name;
    route_function *answer;
};

static route_function route_stats, route_counts, route_log, route_clear,
    route_rand;

/* The first path component decides; "" is / itself. */
static const struct route routes[] = {
    {"", route_root},
    {"429", route_429},
    {"_counts", route_counts},
    {"_log", route_log},
    {"_reset", route_clear},
    {"_stats", route_stats},
    {"auth-basic", route_auth_basic},
    {"auth-digest", route_auth_digest},
    {"bad-chunk", route_bad_chunk},
    {"bad-gzip", route_bad_gzip},
    {"binary", route_binary},
    {"bomb", route_bomb},
    {"bytes", route_bytes},
    {"chunked", route_chunked},
    {"close-after-idle", route_close_after_idle},
    {"continue-flood", route_continue_flood},
    {"cookie-set", route_cookie_set},
    {"delay", route_delay},
    {"drip", route_drip},
    {"drop-second", route_drop_second},
    {"echo", route_echo},
    {"empty", route_empty},
    {"endless", route_endless},
    {"flaky", route_flaky},
    {"garbage", route_garbage},
    {"gzip", route_gzip},
    {"header-line", route_header_line},
    {"header-lines", route_header_lines},
    {"headers-bytes", route_headers_bytes},
    {"headers-flood", route_headers_flood},
    {"http09", route_http09},
    {"http10", route_http10},
    {"json", route_json},
    {"latin1", route_latin1},
    {"mirror", route_mirror},
    {"no-length", route_no_length},
    {"rand", route_rand},
    {"raw", route_raw},
    {"redirect", route_redirect},
    {"redirect-loop", route_redirect_loop},
    {"redirect-no-location", route_redirect_no_location},
    {"redirect-to", route_redirect_to},
    {"reset", route_reset},
    {"reset-body", route_reset_body},
    {"stall", route_stall},
    {"stall-body", route_stall_body},
    {"stall-headers", route_stall_headers},
    {"status", route_status},
    {"truncated", route_truncated},
    {"utf8", route_utf8},
};

/* The misbehaviour of /rand, and how often in a hundred each happens. */
static const struct {
    unsigned weight;
    const char *name, *arg;
} mishaps[] = {
    {50, "", ""},
    {6, "bytes", "100000"},
    {6, "chunked", "50000"},
    {6, "delay", "20"},
    {4, "drip", ""},
    {4, "gzip", ""},
    {4, "redirect", "2"},
    {4, "status", "404"},
    {3, "status", "503"},
    {2, "reset", ""},
    {2, "reset-body", ""},
    {2, "empty", ""},
    {2, "truncated", ""},
    {1, "garbage", ""},
    {1, "bad-chunk", ""},
    {1, "bad-gzip", ""},
    {1, "no-length", ""},
    {1, "stall", ""}, /* the last: ?stall=0 leaves it out */
};

static void
route_stats(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    r->unseen = true;
    r->type = "application/json";
    stats_dump(&r->body);
}

static void
route_counts(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    r->unseen = true;
    stats_dump_counts(&r->body);
}

static void
route_log(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    r->unseen = true;
    r->type = "application/x-ndjson";
    stats_dump_log(&r->body);
}

static void
route_clear(const struct request *q, const char *arg, struct reply *r)
{
    (void)q;
    (void)arg;
    r->unseen = true;
    stats_reset();
    gate_reset();
    reply_text(r, "cleared\n");
}

static const struct route *
route_find(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
        if (strlen(routes[i].name) == n && memcmp(routes[i].name, name, n) == 0)
            return &routes[i];
    }
    return NULL;
}

/* The same query always meets the same mishap. */
static void
route_rand(const struct request *q, const char *arg, struct reply *r)
{
    (void)arg;
    uint32_t hash = 2166136261U;
    for (const char *p = q->query; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619U;
    hash ^= hash >> 15;

    unsigned all = http_param_int(q, "stall", 1) ? 100 : 99;
    unsigned pick = hash % all;
    size_t i = 0;
    while (pick >= mishaps[i].weight)
        pick -= mishaps[i++].weight;
    reply_header(r, "X-Rand", mishaps[i].name);
    route_find(mishaps[i].name, strlen(mishaps[i].name))
        ->answer(q, mishaps[i].arg, r);
}

/* The parameters that any route takes. */
static void
apply_params(const struct request *q, struct reply *r)
{
    char text[4096];

    r->delay_ms = http_param_int(q, "delay", r->delay_ms);
    r->gate = (size_t)http_param_int(q, "gate", 0);
    if (!http_param(q, "gate_key", 0, r->gate_key, sizeof(r->gate_key)))
        r->gate_key[0] = '\0';
    r->idle_close_ms = http_param_int(q, "idle_close", r->idle_close_ms);
    if (r->framing == FRAME_RAW)
        return;
    if (!r->own_status)
        r->status = (int)http_param_int(q, "status", r->status);
    if (http_param_int(q, "chunked", 0) && r->framing == FRAME_LENGTH)
        r->framing = FRAME_CHUNKED;
    if (http_param_int(q, "close", 0) && r->ending == END_KEEP)
        r->ending = END_CLOSE;
    for (int i = 0; http_param(q, "header", i, text, sizeof(text)); i++)
        buf_printf(&r->headers, "%s\r\n", text);
}

void
routes_answer(const struct request *q, struct reply *r)
{
    const char *name = q->path + (q->path[0] == '/');
    size_t n = strcspn(name, "/");
    const struct route *route = route_find(name, n);

    if (route) {
        route->answer(q, name[n] ? name + n + 1 : "", r);
    } else {
        r->status = 404;
        reply_text(r, "no such route\n");
    }
    if (q->query[0] && !r->unseen)
        apply_params(q, r);
    if (r->framing == FRAME_CLOSE || (!q->keep_alive && r->ending == END_KEEP))
        r->ending = r->ending == END_KEEP ? END_CLOSE : r->ending;
}
