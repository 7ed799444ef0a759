#include "job/result.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/utf8.h"

void
result_init(struct result *r)
{
    memset(r, 0, sizeof(*r));
    r->started_wall_us = -1;
    r->reused = -1;
    r->content_length = -1;
    r->size_earlier = -1;
    r->continued_from = -1;
    r->retry_after_us = -1;
    r->hops_tail = &r->hops;
    r->attempt_tail = &r->attempt_log;
}

void
result_fini(struct result *r)
{
    buf_fini(&r->headers);
    buf_fini(&r->body);
    arena_free(r->hops_mem);
    r->hops_mem = NULL;
    free(r->error.message);
    r->error.message = NULL;
}

void
result_reset_hop(struct result *r)
{
    r->error.class = ERR_NONE;
    r->evidence = EVIDENCE_NONE;
    r->connection = 0;
    r->conn_nrequests = 0;
    r->status = 0;
    r->http_version = NULL;
    r->remote_ip[0] = '\0';
    r->remote_port = 0;
    r->reused = -1;
    r->content_type = NULL;
    r->content_length = -1;
    r->content_encoding = NULL;
    r->size_download = r->size_body = 0;
    r->has_timing = false;
    r->location = NULL;
    r->retry_after_us = -1;
    buf_clear(&r->headers);
    buf_clear(&r->body);
    r->is_response_dropped = r->body_truncated = r->is_head_enough = false;
    r->body_path = r->sha256 = r->disposition = NULL;
    r->is_skipped = false;
    r->continued_from = -1;
    r->etag = r->last_modified = NULL;
    r->tls = NULL;
    r->warc_file = r->warc_request = NULL;
    r->archived = NULL;
}

void
result_drop_response(struct result *r)
{
    buf_fini(&r->headers);
    buf_fini(&r->body);
    r->is_response_dropped = true;
}

/* Remove an incomplete character at the end, left by snprintf(). */
static void
cut_to_utf8(char *text, size_t len)
{
    size_t i = 0;

    while (i < len) {
        size_t n = utf8_char((unsigned char *)text + i, len - i);
        if (n == 0 && len - i < 4)
            break;
        i += n ? n : 1;
    }
    text[i] = '\0';
}

bool
result_is_refused(const struct result *r)
{
    return r->error.class == ERR_INPUT && r->error.phase == PHASE_INPUT &&
           strncmp(r->error.code, RESULT_FILE_CODE, strlen(RESULT_FILE_CODE)) !=
               0;
}

void
result_fail(struct result *r, enum error_class class, const char *code,
            enum phase phase, bool retryable, const char *fmt, ...)
{
    struct fetch_error *e = &r->error;
    char text[RESULT_MESSAGE_MAX];
    va_list ap;
    int n;

    assert(class != ERR_NONE);
    e->class = class;
    snprintf(e->code, sizeof(e->code), "%s", code);
    e->phase = phase;
    e->retryable = retryable;
    e->curl_code = 0;
    e->os_errno = 0;
    va_start(ap, fmt);
    n = vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    if (n >= (int)sizeof(text))
        cut_to_utf8(text, sizeof(text) - 1);
    free(e->message);
    e->message = xstrdup(text);
}

const char *result_class_name(enum error_class class)
{
    static const char *const names[] = {
        [ERR_NONE] = "none",           [ERR_INPUT] = "input",
        [ERR_BLOCKED] = "blocked",     [ERR_DNS] = "dns",
        [ERR_CONNECT] = "connect",     [ERR_TLS] = "tls",
        [ERR_PROXY] = "proxy",         [ERR_TIMEOUT] = "timeout",
        [ERR_PROTOCOL] = "protocol",   [ERR_REDIRECT] = "redirect",
        [ERR_TOO_LARGE] = "too_large", [ERR_HTTP] = "http",
        [ERR_HOST_DOWN] = "host_down", [ERR_WRITE] = "write",
        [ERR_EXPECT] = "expect",       [ERR_ABORTED] = "aborted",
    };
    return names[class];
}

const char *
result_phase_name(enum phase phase)
{
    static const char *const names[] = {
        [PHASE_INPUT] = "input", [PHASE_QUEUE] = "queue",
        [PHASE_DNS] = "dns",     [PHASE_CONNECT] = "connect",
        [PHASE_TLS] = "tls",     [PHASE_SEND] = "send",
        [PHASE_WAIT] = "wait",   [PHASE_RECEIVE] = "receive",
        [PHASE_WRITE] = "write",
    };
    return names[phase];
}
