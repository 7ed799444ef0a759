/*
 * QUIC connections of ngtcp2: what came before the server ended one, and which
 * of them take no more requests.
 *
 * When a server has ended a connection, ngtcp2 can neither read nor write, and
 * libcurl 8.23 fails each request of it, also those whose answers are there: it
 * waits until ngtcp2 has seen both ends of a stream.  Hence each request ends
 * on its own at the end of its connection: well, if its answer has come whole.
 */
#include "engine/stream_watch.h"

#include <dlfcn.h>
#include <string.h>

#include "engine/allowance.h"

/* -------------------------------------------------------- parts of ngtcp2.h */

struct ngtcp2_conn;

/* The members of struct ngtcp2_callbacks, in its first versions. */
typedef void (*any_function)(void);
#define CALLBACKS_MAX        46
#define CALLBACK_MAX_STREAMS 14
#define ERR_CLOSING          (-223)
#define ERR_DRAINING         (-224)
#define ERR_CALLBACK_FAILURE (-502)

typedef int max_function(struct ngtcp2_conn *conn, uint64_t max, void *arg);
typedef int new_function(struct ngtcp2_conn **conn, const void *dcid,
                         const void *scid, const void *path, uint32_t quic,
                         int version, const void *callbacks,
                         int settings_version, const void *settings,
                         int params_version, const void *params,
                         const void *mem, void *arg);
typedef int open_function(struct ngtcp2_conn *conn, int64_t *stream,
                          void *user_data);
typedef int state_function(const struct ngtcp2_conn *conn);
typedef int read_function(struct ngtcp2_conn *conn, const void *path,
                          int info_version, const void *info,
                          const uint8_t *packet, size_t size, uint64_t now);
typedef ptrdiff_t write_function(struct ngtcp2_conn *conn, void *path,
                                 int info_version, void *info, uint8_t *packet,
                                 size_t size, ptrdiff_t *n, uint32_t flags,
                                 int64_t stream, const void *data, size_t ndata,
                                 uint64_t now);
new_function ngtcp2_conn_client_new_versioned;
open_function ngtcp2_conn_open_bidi_stream;
read_function ngtcp2_conn_read_pkt_versioned;
write_function ngtcp2_conn_writev_stream_versioned;

/* Per thread, since libcurl opens a stream in two steps. */
static _Thread_local struct {
    struct ngtcp2_conn *reading;       /* it has read the last packet */
    max_function *note_max;            /* libcurl's, or NULL */
    const struct ngtcp2_conn *opening; /* it has opened the last stream */
    open_function *open; /* ngtcp2's functions; NULL: not called yet */
    read_function *read;
    write_function *write;
} mine;

const void *
stream_ngtcp2_opening(void)
{
    return mine.opening;
}

/*
 * ngtcp2's callback: so many streams may be opened in all.
 *
 * By that libcurl decides whether it shares a connection.  One that takes no
 * more requests has had its one stream.
 */
static int
on_max(struct ngtcp2_conn *conn, uint64_t max, void *arg)
{
    if (allowance_is_leaving(allowance_last_read()))
        max = 1;
    return mine.note_max(conn, max, arg);
}

void
stream_ngtcp2_leave(void *arg)
{
    if (mine.note_max)
        (void)mine.note_max(mine.reading, 1, arg);
}

EXPORTED int
ngtcp2_conn_client_new_versioned(struct ngtcp2_conn **conn, const void *dcid,
                                 const void *scid, const void *path,
                                 uint32_t quic, int version,
                                 const void *callbacks, int settings_version,
                                 const void *settings, int params_version,
                                 const void *params, const void *mem, void *arg)
{
    static const size_t ncallbacks[] = {0, 40, 41, 45, CALLBACKS_MAX};
    any_function ours[CALLBACKS_MAX] = {NULL};
    new_function *real = (new_function *)dlsym(RTLD_NEXT, __func__);

    if (!real)
        return ERR_CALLBACK_FAILURE;
    if (version > 0 && version < (int)ARRAY_LEN(ncallbacks)) {
        memcpy(ours, callbacks, ncallbacks[version] * sizeof(ours[0]));
        mine.note_max = (max_function *)ours[CALLBACK_MAX_STREAMS];
        if (mine.note_max)
            ours[CALLBACK_MAX_STREAMS] = (any_function)on_max;
        callbacks = ours;
    }
    return real(conn, dcid, scid, path, quic, version, callbacks,
                settings_version, settings, params_version, params, mem, arg);
}

/* The server has not seen a request that comes after it ended the connection.
 */
EXPORTED int
ngtcp2_conn_open_bidi_stream(struct ngtcp2_conn *conn, int64_t *stream,
                             void *user_data)
{
    state_function *has_ended =
        (state_function *)dlsym(RTLD_NEXT, "ngtcp2_conn_in_draining_period");
    struct stream_end *w = stream_watch_expected(user_data);

    if (w && has_ended && has_ended(conn)) {
        w->is_refused = *w->must_check = true;
        return ERR_CLOSING;
    }
    if (!mine.open)
        mine.open = (open_function *)dlsym(RTLD_NEXT, __func__);
    mine.opening = conn;
    return mine.open ? mine.open(conn, stream, user_data)
                     : ERR_CALLBACK_FAILURE;
}

/* If the server has ended a connection with requests, these end one by one, and
 * its socket is shut, so that libcurl does not use it again. */
EXPORTED int
ngtcp2_conn_read_pkt_versioned(struct ngtcp2_conn *conn, const void *path,
                               int info_version, const void *info,
                               const uint8_t *packet, size_t size, uint64_t now)
{
    int rc = ERR_CALLBACK_FAILURE;

    if (!mine.read)
        mine.read = (read_function *)dlsym(RTLD_NEXT, __func__);
    mine.reading = conn;
    if (mine.read)
        rc = mine.read(conn, path, info_version, info, packet, size, now);
    if (rc != ERR_DRAINING || !stream_h3_end_all(conn))
        return rc;
    allowance_note_tls_over(allowance_last_read());
    return 0;
}

/* If the server has ended the connection, there is nothing to send for streams
 * that end one by one, and none stays open. */
EXPORTED ptrdiff_t
ngtcp2_conn_writev_stream_versioned(struct ngtcp2_conn *conn, void *path,
                                    int info_version, void *info,
                                    uint8_t *packet, size_t size, ptrdiff_t *n,
                                    uint32_t flags, int64_t stream,
                                    const void *data, size_t ndata,
                                    uint64_t now)
{
    ptrdiff_t rc = ERR_CALLBACK_FAILURE;

    if (!mine.write)
        mine.write = (write_function *)dlsym(RTLD_NEXT, __func__);
    if (mine.write)
        rc = mine.write(conn, path, info_version, info, packet, size, n, flags,
                        stream, data, ndata, now);
    return rc == ERR_DRAINING && stream_h3_end_all(conn) ? 0 : rc;
}
