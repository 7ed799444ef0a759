#include "stats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    LOG_SIZE = 200000,
    TABLE_SIZE = 1 << 14,
    TEXT_MAX = 2048, /* what is kept of a key or a target */
};

/* The counts of one host, or of all. */
struct tally {
    struct tally *next; /* in its hash bucket */
    uint64_t accepted;
    uint64_t open, most_open;
    uint64_t requests;
    uint64_t in_flight, most_in_flight;
    char *key; /* NULL for the counts of all */
};

/* Named tallies, by hash. */
struct table {
    struct tally *bucket[TABLE_SIZE];
};

/* One line of the log. */
struct entry {
    double ms, done_ms; /* done_ms: last byte sent, 0: not yet */
    uint64_t conn, nth;
    int status;
    const char *event; /* "open", "request", "close" */
    const char *by;    /* who closed */
    bool idle;         /* closed between two requests */
    char *text[3];     /* addresses; or method, target and Host */
};

static struct {
    struct tally all;
    struct table locals, names, keys;
    struct entry log[LOG_SIZE];
    uint64_t logged; /* entries ever made; the last LOG_SIZE are there */
    uint64_t last_conn;
} stats;

double
stats_now_ms(void)
{
    static double start;
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    double now = (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
    if (start == 0)
        start = now;
    return now - start;
}

static char *
copy_text(const char *text)
{
    char *copy = strndup(text, TEXT_MAX);
    if (!copy)
        abort();
    return copy;
}

/* The tally of that name; a new one where there was none. */
static struct tally *
table_get(struct table *table, const char *key)
{
    uint32_t hash = 2166136261U;
    for (const char *p = key; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619U;

    struct tally **slot = &table->bucket[hash % TABLE_SIZE];
    for (struct tally *t = *slot; t; t = t->next) {
        if (strncmp(t->key, key, TEXT_MAX) == 0)
            return t;
    }
    struct tally *t = calloc(1, sizeof(*t));
    if (!t)
        abort();
    t->key = copy_text(key);
    t->next = *slot;
    *slot = t;
    return t;
}

static struct entry *
log_add(const char *event, uint64_t conn)
{
    struct entry *e = &stats.log[stats.logged++ % LOG_SIZE];

    for (int i = 0; i < 3; i++)
        free(e->text[i]);
    *e = (struct entry){.ms = stats_now_ms(), .conn = conn, .event = event};
    return e;
}

/* The entry of that number, NULL where it was overwritten or cleared. */
static struct entry *
log_find(uint64_t number)
{
    if (number == 0 || number > stats.logged ||
        stats.logged - number >= LOG_SIZE)
        return NULL;
    return &stats.log[(number - 1) % LOG_SIZE];
}

static bool
raise_most(uint64_t now, uint64_t *most)
{
    if (now <= *most)
        return false;
    *most = now;
    return true;
}

/* True where there never were that many. */
static bool
count_open(struct tally *t)
{
    t->accepted++;
    t->open++;
    return raise_most(t->open, &t->most_open);
}

static void
count_request(struct tally *t)
{
    t->requests++;
    t->in_flight++;
    raise_most(t->in_flight, &t->most_in_flight);
}

void
stats_open(struct stats_conn *c, const char *local, const char *peer)
{
    c->number = ++stats.last_conn;
    c->local = table_get(&stats.locals, local);
    c->raised = count_open(&stats.all);
    c->raised_local = count_open(c->local);

    struct entry *e = log_add("open", c->number);
    e->text[0] = copy_text(local);
    e->text[1] = copy_text(peer);
}

static void
leave(struct stats_conn *c)
{
    stats.all.open--;
    c->local->open--;
    if (c->name)
        c->name->open--;
    c->local = c->name = NULL;
}

void
stats_close(struct stats_conn *c, bool by_peer)
{
    if (!c->local)
        return;
    struct entry *e = log_add("close", c->number);
    e->by = by_peer ? "peer" : "server";
    e->idle = !c->in_flight;

    /* Cut off: it is over, but it never was complete. */
    if (c->in_flight) {
        stats.all.in_flight--;
        c->local->in_flight--;
        c->busy->in_flight--;
        c->in_flight = false;
    }
    leave(c);
}

void
stats_forget(struct stats_conn *c)
{
    if (!c->local)
        return;
    struct tally *local = c->local;
    if (c->raised && stats.all.open == stats.all.most_open)
        stats.all.most_open--;
    if (c->raised_local && local->open == local->most_open)
        local->most_open--;
    stats.all.accepted--;
    local->accepted--;
    leave(c);
}

void
stats_request(struct stats_conn *c, const struct request *q)
{
    struct tally *name = table_get(&stats.names, q->host);
    if (!c->name) {
        c->name = name;
        count_open(name);
    }
    c->busy = name;
    c->in_flight = true;
    count_request(&stats.all);
    count_request(c->local);
    count_request(name);

    struct entry *e = log_add("request", c->number);
    e->nth = q->nth;
    e->text[0] = copy_text(q->method);
    e->text[1] = copy_text(q->target);
    e->text[2] = copy_text(q->host);
    c->log_entry = stats.logged;
}

void
stats_status(const struct stats_conn *c, int status)
{
    struct entry *e = log_find(c->log_entry);
    if (e && e->conn == c->number)
        e->status = status;
}

void
stats_done(struct stats_conn *c)
{
    if (!c->in_flight)
        return;
    stats.all.in_flight--;
    c->local->in_flight--;
    c->busy->in_flight--;
    c->in_flight = false;

    struct entry *e = log_find(c->log_entry);
    if (e && e->conn == c->number)
        e->done_ms = stats_now_ms();
}

uint64_t
stats_count_key(const char *key)
{
    return table_get(&stats.keys, key)->requests++;
}

static void
tally_reset(struct tally *t)
{
    t->accepted = t->requests = 0;
    t->most_open = t->open;
    t->most_in_flight = t->in_flight;
}

void
stats_reset(void)
{
    tally_reset(&stats.all);
    for (int i = 0; i < TABLE_SIZE; i++) {
        for (struct tally *t = stats.locals.bucket[i]; t; t = t->next)
            tally_reset(t);
        for (struct tally *t = stats.names.bucket[i]; t; t = t->next)
            tally_reset(t);
        for (struct tally *t = stats.keys.bucket[i]; t; t = t->next)
            tally_reset(t);
    }
    stats.logged = 0;
}

static void
dump_counts(struct buf *out, const struct tally *t)
{
    buf_printf(out,
               "\"accepted\":%" PRIu64 ",\"open\":%" PRIu64
               ",\"most_open\":%" PRIu64 ",\"requests\":%" PRIu64
               ",\"in_flight\":%" PRIu64 ",\"most_in_flight\":%" PRIu64,
               t->accepted, t->open, t->most_open, t->requests, t->in_flight,
               t->most_in_flight);
}

static void
dump_table(struct buf *out, const char *name, const struct table *table)
{
    const char *separator = "";

    buf_printf(out, ",\"%s\":{", name);
    for (int i = 0; i < TABLE_SIZE; i++) {
        for (struct tally *t = table->bucket[i]; t; t = t->next) {
            if (t->accepted + t->open + t->requests + t->in_flight == 0)
                continue;
            buf_puts(out, separator);
            buf_json(out, t->key, strlen(t->key));
            buf_puts(out, ":{");
            dump_counts(out, t);
            buf_puts(out, "}");
            separator = ",";
        }
    }
    buf_puts(out, "}");
}

void
stats_dump_counts(struct buf *out)
{
    const struct tally *t = &stats.all;

    buf_printf(out,
               "accepted %" PRIu64 " open %" PRIu64 " most_open %" PRIu64
               " requests %" PRIu64 " in_flight %" PRIu64
               " most_in_flight %" PRIu64 "\n",
               t->accepted, t->open, t->most_open, t->requests, t->in_flight,
               t->most_in_flight);
}

void
stats_dump(struct buf *out)
{
    buf_puts(out, "{");
    dump_counts(out, &stats.all);
    dump_table(out, "local", &stats.locals);
    dump_table(out, "host", &stats.names);
    buf_puts(out, "}\n");
}

static void
dump_text(struct buf *out, const char *key, const char *text)
{
    buf_printf(out, ",\"%s\":", key);
    buf_json(out, text, strlen(text));
}

static void
dump_entry(struct buf *out, const struct entry *e)
{
    buf_printf(out, "{\"event\":\"%s\",\"ms\":%.3f,\"conn\":%" PRIu64, e->event,
               e->ms, e->conn);
    if (strcmp(e->event, "open") == 0) {
        dump_text(out, "local", e->text[0]);
        dump_text(out, "peer", e->text[1]);
    } else if (strcmp(e->event, "close") == 0) {
        buf_printf(out, ",\"by\":\"%s\",\"idle\":%s", e->by,
                   e->idle ? "true" : "false");
    } else {
        buf_printf(out, ",\"nth\":%" PRIu64, e->nth);
        dump_text(out, "method", e->text[0]);
        dump_text(out, "target", e->text[1]);
        dump_text(out, "host", e->text[2]);
        if (e->status)
            buf_printf(out, ",\"status\":%d", e->status);
        else
            buf_puts(out, ",\"status\":null");
        if (e->done_ms > 0)
            buf_printf(out, ",\"done_ms\":%.3f", e->done_ms);
        else
            buf_puts(out, ",\"done_ms\":null");
    }
    buf_puts(out, "}\n");
}

void
stats_dump_log(struct buf *out)
{
    uint64_t n = stats.logged < LOG_SIZE ? stats.logged : LOG_SIZE;

    for (uint64_t i = stats.logged - n; i < stats.logged; i++)
        dump_entry(out, &stats.log[i % LOG_SIZE]);
}
