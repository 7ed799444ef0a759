/*
 * sockets.h - an engine's sockets: watched for libcurl, counted, and closed
 * when they have been idle for too long.
 *
 * libcurl closes no idle connection by its own clock.  So each socket is
 * known from opening to closing; one that libcurl stops watching is idle
 * from then on, and is shut down when its time is over: the peer sees the
 * end at once, libcurl finds a dead connection the next time it looks.
 */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <curl/curl.h>
#include <stdatomic.h>

#include "base/base.h"

struct ev_loop;
struct sockets;

struct sockets_config {
    struct ev_loop *loop;
    CURLM *multi;
    int64_t keepalive_us; /* 0: idle ones are not closed by us */
    bool times_uploads;   /* it matters when a request has really left */

    /* Bytes are waited for on a new socket: TCP connected.  From within
     * libcurl. */
    void (*on_connected)(CURL *easy);
};

NODISCARD struct sockets *sockets_new(const struct sockets_config *config);
/* After curl_multi_cleanup(). */
void sockets_free(struct sockets *s);

/* CURLMOPT_SOCKETFUNCTION, CURLOPT_OPENSOCKETFUNCTION and
 * CURLOPT_CLOSESOCKETFUNCTION; their context is the struct sockets. */
int sockets_watch(CURL *easy, curl_socket_t fd, int what, void *ctx,
                  void *unused);
curl_socket_t sockets_open(void *ctx, curlsocktype purpose,
                           struct curl_sockaddr *addr);
int sockets_close(void *ctx, curl_socket_t fd);

/* Was a socket closed before it was connected, since the last call?  Then a
 * transfer may be about to try another address: see xfer_nudge(). */
bool sockets_take_abandoned(struct sockets *s);

/* Opened so far, open now.  Any thread. */
uint64_t sockets_nopened(const struct sockets *s);
uint64_t sockets_nopen(const struct sockets *s);

#endif /* SOCKETS_H */
