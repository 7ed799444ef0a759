#include "base/budgets.h"
#include "engine/stream_end.h"

#include <dlfcn.h>
#include <string.h>

#include <criterion/criterion.h>

/* Parts of nghttp2.h, which is no build dependency. */
struct nghttp2_session;
struct nghttp2_session_callbacks;
struct field {
    const char *name, *value;
    size_t name_len, value_len;
    uint8_t flags;
};
typedef int on_header_function(struct nghttp2_session *session,
                               const void *frame, const uint8_t *name,
                               size_t name_len, const uint8_t *value,
                               size_t value_len, uint8_t flags, void *arg);
typedef int new_callbacks(struct nghttp2_session_callbacks **callbacks);
typedef void del_callbacks(struct nghttp2_session_callbacks *callbacks);
typedef int new_session(struct nghttp2_session **session,
                        struct nghttp2_session_callbacks *callbacks, void *arg);
typedef ssize_t send_function(struct nghttp2_session *session,
                              const uint8_t **data);
typedef ssize_t recv_function(struct nghttp2_session *session,
                              const uint8_t *data, size_t size);
int32_t nghttp2_submit_request(struct nghttp2_session *session,
                               const void *priority, const void *fields,
                               size_t nfields, const void *body, void *arg);
void nghttp2_session_callbacks_set_on_header_callback(
    struct nghttp2_session_callbacks *callbacks, on_header_function *on_header);
void nghttp2_session_del(struct nghttp2_session *session);

#define FUNCTION(type, name) ((type *)dlsym(RTLD_DEFAULT, "nghttp2_" name))

static int
count_bytes(struct nghttp2_session *session, const void *frame,
            const uint8_t *name, size_t name_len, const uint8_t *value,
            size_t value_len, uint8_t flags, void *arg)
{
    size_t *n = arg;

    (void)session, (void)frame, (void)name, (void)value, (void)flags;
    *n += name_len + value_len;
    return 0;
}

/* A client's session with a request on stream 1; NULL: there is no nghttp2. */
static struct nghttp2_session *
begin(size_t *nbytes)
{
    static const struct field fields[] = {
        {":method", "GET", 7, 3, 0},
        {":scheme", "http", 7, 4, 0},
        {":authority", "h", 10, 1, 0},
        {":path", "/", 5, 1, 0},
    };
    new_callbacks *make = FUNCTION(new_callbacks, "session_callbacks_new");
    struct nghttp2_session_callbacks *callbacks;
    struct nghttp2_session *session;
    const uint8_t *out;

    if (!make)
        return NULL;
    cr_assert_eq(make(&callbacks), 0);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, count_bytes);
    cr_assert_eq(FUNCTION(new_session, "session_client_new")(&session,
                                                             callbacks, nbytes),
                 0);
    FUNCTION(del_callbacks, "session_callbacks_del")(callbacks);
    cr_assert_eq(nghttp2_submit_request(session, NULL, fields, 4, NULL, NULL),
                 1);
    while (FUNCTION(send_function, "session_mem_send")(session, &out) > 0)
        ;
    return session;
}

static void
receive(struct nghttp2_session *session, const char *data, size_t size)
{
    cr_assert_eq(FUNCTION(recv_function, "session_mem_recv")(
                     session, (const uint8_t *)data, size),
                 (ssize_t)size);
}

Test(stream_h2, a_field_of_the_table_costs_no_more_than_a_head_may_have)
{
    /* SETTINGS; HEADERS with status 200, and a field of 4000 bytes for the
     * table; CONTINUATION, 10,000 times that field's number, the last of them
     * with END_HEADERS. */
    static const char settings[] = "\0\0\0\4\0\0\0\0\0";
    static const char field[] = "\0\x0f\xa7\1\0\0\0\0\1\x88\x40\1a\x7f\xa1\x1e";
    static const char next[9] = {0, 0x27, 0x10, 9, 0, 0, 0, 0, 1};
    static char text[16384];
    size_t nbytes = 0;
    struct nghttp2_session *session = begin(&nbytes);

    if (!session)
        return;
    receive(session, settings, 9);
    receive(session, field, 16);
    memset(text, 'v', 4000);
    receive(session, text, 4000);
    memcpy(text, next, sizeof(next));
    memset(text + sizeof(next), 0xbe, 10000);
    for (int i = 0; i < 6; i++) {
        text[4] = i == 5 ? 4 : 0;
        receive(session, text, sizeof(next) + 10000);
    }
    cr_expect_gt(nbytes, HEAD_MAX_BYTES, "libcurl tells that it is too long");
    cr_expect_lt(nbytes, 10 * HEAD_MAX_BYTES, "%zu", nbytes);
    nghttp2_session_del(session);
}
