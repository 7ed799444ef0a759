/*
 * stats.h - what the server saw: counts, per host as well, and a log.
 *
 * There is one of it per process; every moment is taken from the clock here.
 */
#ifndef SERVER_STATS_H
#define SERVER_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "http.h"

struct tally;

/* What is remembered of a connection: embed it, zeroed. */
struct stats_conn {
    uint64_t number;     /* from 1 */
    struct tally *local; /* counts of the address it came to */
    struct tally *name;  /* counts of the Host its first request named */
    struct tally *busy;  /* counts of the Host of the request in flight */
    uint64_t log_entry;  /* its latest request in the log */
    bool in_flight;      /* a request is being answered */
    bool raised;         /* its coming made most_open what it is, */
    bool raised_local;   /* or that of its address */
};

/* A connection was accepted: both addresses as text. */
void stats_open(struct stats_conn *c, const char *local, const char *peer);

/* The connection was closed; by_peer: by the client first. */
void stats_close(struct stats_conn *c, bool by_peer);

/* The connection is a control connection: do not count it. */
void stats_forget(struct stats_conn *c);

/* A request's head has come. */
void stats_request(struct stats_conn *c, const struct request *q);

/* Its answer starts with that status, 0 for none. */
void stats_status(const struct stats_conn *c, int status);

/* Its last byte was sent. */
void stats_done(struct stats_conn *c);

/* How often this key was counted before. */
uint64_t stats_count_key(const char *key);

/* Start counting anew; what is open or in flight now stays counted. */
void stats_reset(void);

/* Append the counts of all as a line "NAME N NAME N...". */
void stats_dump_counts(struct buf *out);

/* Append the counts as one JSON object, the log as JSON lines. */
void stats_dump(struct buf *out);
void stats_dump_log(struct buf *out);

/* Milliseconds since the server started. */
double stats_now_ms(void);

#endif /* SERVER_STATS_H */
