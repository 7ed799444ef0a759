/*
 * QUIC streams of OpenSSL: how they end, and what can't be sent over them.
 *
 * libcurl 8.14 takes an error of one stream for one of the transfer that it is
 * just working for, and looks at the server's own streams first.  When a
 * connection has ended, these report it before libcurl has read the answers
 * that came before, so requests fail whose answers are there.  Hence each
 * stream tells libcurl of its own end only: a request's as a reset, once
 * everything that came is read, and the server's own ones as nothing to read.
 */
#include "engine/stream_watch.h"

#include <dlfcn.h>

#include <openssl/err.h>

#include "engine/allowance.h"

/* ---------------------------------------------------------- parts of ssl.h */

#define ERROR_SSL         1   /* SSL_ERROR_SSL */
#define ERROR_WANT_READ   2   /* SSL_ERROR_WANT_READ */
#define STATE_RESET       5   /* SSL_STREAM_STATE_RESET_REMOTE */
#define TYPE_BOTH         3   /* SSL_STREAM_TYPE_BIDI */
#define REASON_SHUTDOWN   207 /* SSL_R_PROTOCOL_IS_SHUTDOWN */
#define REASON_RESET      375 /* SSL_R_STREAM_RESET: also by STOP_SENDING */
#define H3_NO_ERROR       0x100
#define H3_INTERNAL_ERROR 0x102
#define LEFT              UINT64_MAX /* longer than what QUIC can send */

/* struct ssl_conn_close_info_st has less. */
struct close_info {
    uint64_t words[16];
};

typedef void *new_function(void *ssl, uint64_t flags);
typedef int read_function(void *ssl, void *buf, size_t size, size_t *n);
typedef int write_function(void *ssl, const void *buf, size_t size,
                           uint64_t flags, size_t *n);
typedef int error_function(const void *ssl, int rc);
typedef int state_function(void *ssl);
typedef int stream_error_function(void *ssl, uint64_t *error);
typedef int value_function(void *ssl, uint32_t class, uint32_t id,
                           uint64_t *value);
typedef int close_info_function(void *ssl, struct close_info *info,
                                size_t size);
new_function SSL_new_stream;
read_function SSL_read_ex;
write_function SSL_write_ex2;
error_function SSL_get_error;
value_function SSL_get_value_uint;
state_function SSL_get_stream_read_state, SSL_handle_events;
stream_error_function SSL_get_stream_read_error_code;

/* Per thread, since libcurl asks for an error after the call that had it. */
static _Thread_local struct {
    const void *failed; /* the stream for whose last call `error` stands in;
                           NULL: none */
    int error;
    const void *ended; /* a request's stream that has ended with its
                          connection, if it was read last */
} mine;

/* OpenSSL's own functions.  All that a caller needs are there, since OpenSSL
 * has what it is asked for by libcurl, and got those of QUIC together. */
struct functions {
    bool are_found;
    new_function *new_stream;
    read_function *read;
    write_function *write;
    error_function *get_error;
    value_function *get_value;
    state_function *get_type, *get_read_state, *get_fd, *handle_events;
    stream_error_function *get_read_error;
    close_info_function *get_close_info;
};

bool
stream_quic_lost_connection(uint64_t error)
{
    return error == LEFT;
}

static const struct functions *
real(void)
{
    static _Thread_local struct functions f;

    if (f.are_found)
        return &f;
    f.new_stream = (new_function *)dlsym(RTLD_NEXT, "SSL_new_stream");
    f.read = (read_function *)dlsym(RTLD_NEXT, "SSL_read_ex");
    f.write = (write_function *)dlsym(RTLD_NEXT, "SSL_write_ex2");
    f.get_error = (error_function *)dlsym(RTLD_NEXT, "SSL_get_error");
    f.get_value = (value_function *)dlsym(RTLD_NEXT, "SSL_get_value_uint");
    f.get_type = (state_function *)dlsym(RTLD_NEXT, "SSL_get_stream_type");
    f.get_fd = (state_function *)dlsym(RTLD_NEXT, "SSL_get_fd");
    f.handle_events = (state_function *)dlsym(RTLD_NEXT, "SSL_handle_events");
    f.get_read_state =
        (state_function *)dlsym(RTLD_NEXT, "SSL_get_stream_read_state");
    f.get_read_error = (stream_error_function *)dlsym(
        RTLD_NEXT, "SSL_get_stream_read_error_code");
    f.get_close_info =
        (close_info_function *)dlsym(RTLD_NEXT, "SSL_get_conn_close_info");
    f.are_found = true;
    return &f;
}

/* Has a call failed for that reason? */
static bool
has_failed_for(const void *ssl, int rc, int reason)
{
    unsigned long error = ERR_peek_last_error();

    return rc != 1 && ERR_GET_LIB(error) == ERR_LIB_SSL &&
           ERR_GET_REASON(error) == reason &&
           real()->get_error(ssl, rc) == ERROR_SSL;
}

/* libcurl opens the stream of a request without flags. */
EXPORTED void *
SSL_new_stream(void *ssl, uint64_t flags)
{
    void *stream = real()->new_stream(ssl, flags);
    struct stream_end *w = stream_watch_expected(NULL);

    if (!stream && flags == 0 && w)
        w->is_refused = *w->must_check = true;
    return stream;
}

static bool
is_of_request(void *stream)
{
    return real()->get_type(stream) == TYPE_BOTH;
}

EXPORTED int
SSL_read_ex(void *ssl, void *buf, size_t size, size_t *n)
{
    int rc = real()->read(ssl, buf, size, n);

    mine.failed = mine.ended = NULL;
    if (!has_failed_for(ssl, rc, REASON_SHUTDOWN))
        return rc;
    ERR_clear_error();
    mine.failed = ssl;
    mine.ended = is_of_request(ssl) ? ssl : NULL;
    mine.error = mine.ended ? ERROR_SSL : ERROR_WANT_READ;
    return rc;
}

EXPORTED int
SSL_get_error(const void *ssl, int rc)
{
    bool is_ours = mine.failed == ssl && rc != 1;

    if (mine.failed == ssl)
        mine.failed = NULL;
    return is_ours ? mine.error : real()->get_error(ssl, rc);
}

EXPORTED int
SSL_get_stream_read_state(void *ssl)
{
    if (mine.ended == ssl)
        return STATE_RESET;
    return real()->get_read_state(ssl);
}

/* libcurl 8.14 takes a stream that was reset without an error for one that has
 * ended, and a part of a body for the whole. */
EXPORTED int
SSL_get_stream_read_error_code(void *ssl, uint64_t *error)
{
    int rc;

    if (mine.ended == ssl) {
        *error = LEFT;
        return 1;
    }
    rc = real()->get_read_error(ssl, error);
    if (rc == 1 && *error == H3_NO_ERROR)
        *error = H3_INTERNAL_ERROR;
    return rc;
}

/*
 * If the server reads no more of a request (STOP_SENDING), or the connection
 * has ended, pretend to send: what came of the answer is still to be read.
 */
EXPORTED int
SSL_write_ex2(void *ssl, const void *buf, size_t size, uint64_t flags,
              size_t *n)
{
    int rc = real()->write(ssl, buf, size, flags, n);

    if (!has_failed_for(ssl, rc, REASON_RESET) &&
        !has_failed_for(ssl, rc, REASON_SHUTDOWN))
        return rc;
    ERR_clear_error();
    *n = size;
    return 1;
}

/* If the connection has ended, each of its transfers must look, though nothing
 * more comes. */
EXPORTED int
SSL_handle_events(void *ssl)
{
    struct close_info info;
    int rc = real()->handle_events(ssl);

    if (real()->get_close_info(ssl, &info, sizeof(info)) == 1)
        allowance_note_tls_over(allowance_last_read());
    return rc;
}

/*
 * libcurl asks how many streams a connection may open, and how long it may be
 * idle.  Without an answer it uses it for no request, and closes an idle one:
 * what it should do with one that takes no more requests.
 */
EXPORTED int
SSL_get_value_uint(void *ssl, uint32_t class, uint32_t id, uint64_t *value)
{
    if (allowance_is_leaving(real()->get_fd(ssl)))
        return 0;
    return real()->get_value(ssl, class, id, value);
}
