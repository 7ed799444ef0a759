#include "engine/setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "body/decode.h"
#include "engine/easy.h"
#include "job/earlier.h"
#include "job/job.h"
#include "job/options.h"
#include "url/netrc.h"

/* Append a line to a list that must not fail. */
static struct curl_slist *
add_line(struct curl_slist *list, const char *line)
{
    list = curl_slist_append(list, line);
    if (!list)
        alloc_failed();
    return list;
}

/* Length of the name that a "Name: value" or "Name;" line begins with. */
static size_t
name_len(const char *line)
{
    return strcspn(line, ":;");
}

static bool
list_has(const struct curl_slist *list, const char *name)
{
    size_t len = strlen(name);

    for (; list; list = list->next)
        if (name_len(list->data) == len &&
            strncasecmp(list->data, name, len) == 0)
            return true;
    return false;
}

const char *
setup_header(const struct curl_slist *list, const char *name)
{
    size_t len = strlen(name);

    for (; list; list = list->next)
        if (name_len(list->data) == len && list->data[len] == ':' &&
            strncasecmp(list->data, name, len) == 0)
            return list->data + len + 1 + strspn(list->data + len + 1, " \t");
    return NULL;
}

struct curl_slist *
setup_list(const struct strings *strings)
{
    struct curl_slist *list = NULL;

    for (size_t i = 0; i < strings->n; i++)
        list = add_line(list, strings->v[i]);
    return list;
}

/* "Name: value" at the end of a list that has no such header. */
static struct curl_slist *
add_default(struct curl_slist *list, const char *name, const char *value)
{
    struct buf line = BUF_INIT;

    if (list_has(list, name))
        return list;
    buf_addstr(&line, name);
    buf_addstr(&line, ": ");
    buf_addstr(&line, value);
    buf_addc(&line, '\0');
    list = add_line(list, line.data);
    buf_fini(&line);
    return list;
}

/*
 * libcurl would add the first header itself, but formats it twice per request,
 * character by character, with 2,000 more instructions.
 */
struct curl_slist *
setup_run_headers(const struct opts *opts, const struct strings *headers)
{
    struct curl_slist *list = setup_list(headers);

    if (*opts->user_agent)
        list = add_default(list, "User-Agent", opts->user_agent);
    /* With --continue any body may turn out to be a part. */
    if (list_has(list, "Range") || opts->continues)
        list = add_default(list, "Accept-Encoding", "identity");
    else if (opts->decompress)
        list = add_default(list, "Accept-Encoding", DECODE_CODINGS);
    if (opts->force_close && !list_has(list, "Connection"))
        list = add_line(list, "Connection: close");
    return list;
}

static struct curl_slist *
add_header(struct curl_slist *list, const struct header *h)
{
    char small[256], *line = small;
    size_t size = strlen(h->name) + strlen(h->value) + 3;

    if (size > sizeof(small))
        line = xmalloc(size);
    /* libcurl takes "Name:" as "leave it out" and "Name;" as "send empty". */
    snprintf(line, size, h->value[0] ? "%s: %s" : "%s;", h->name, h->value);
    list = add_line(list, line);
    if (line != small)
        free(line);
    return list;
}

/* Did a redirect turn a POST into a GET? */
static bool
has_lost_body(const struct job *j)
{
    return j->first.body_kind != BODY_NONE && j->req.body_kind == BODY_NONE;
}

bool
setup_withholds(const struct opts *opts, const struct job *j)
{
    return j->req.is_cross_origin && !opts->location_trusted;
}

static bool
has_userinfo(const char *url)
{
    const char *authority = strstr(url, "://");
    size_t len;

    if (!authority)
        return false;
    authority += 3;
    len = strcspn(authority, "/?#");
    return memchr(authority, '@', len) != NULL;
}

/* Does the hop use an entry of netrc for another origin than the record's? */
static bool
has_own_entry(const struct opts *opts, const struct job *j)
{
    return j->req.has_new_host &&
           netrc_has(opts->netrc_machines, j->target.host);
}

bool
setup_may_log_in(const struct opts *opts, const struct job *j)
{
    if (setup_withholds(opts, j))
        return opts->netrc && has_own_entry(opts, j);
    return opts->user || opts->netrc || has_userinfo(j->target.url);
}

/*
 * Is it a header of the run that a redirect to another origin leaves behind?
 * (The job's own headers were removed when the redirect was followed: next.c.)
 */
static bool
is_left_behind(const struct opts *opts, const struct job *j, const char *name,
               size_t len)
{
    if (header_is_content(name, len) &&
        (has_lost_body(j) ||
         (setup_withholds(opts, j) && j->req.body_kind == BODY_NONE)))
        return true;
    return (j->req.is_cross_origin && header_is_host(name, len)) ||
           (setup_withholds(opts, j) && header_stays_behind(name, len));
}

/* Added by setup_run_headers().  Not sent with Range: part of a coded body
 * cannot be decoded. */
static const char accept_encoding[] = "Accept-Encoding: " DECODE_CODINGS;

/* Does libcurl send a length?  It does if there is a body, and 0 if the method
 * implies one (RFC 9110, 8.6). */
static bool
has_length(const struct job *j)
{
    const char *method = j->req.method;

    return j->req.body_kind != BODY_NONE || strcmp(method, "POST") == 0 ||
           strcmp(method, "PUT") == 0 || strcmp(method, "PATCH") == 0;
}

static bool
is_length(const char *name, size_t len)
{
    return ascii_is_word(name, len, "Content-Length");
}

/*
 * Add the Host header of a request that goes to an HTTP proxy.  libcurl 7.88
 * would put the host in brackets if that of the connection's first request was
 * an IPv6 address, whatever this one is.
 */
static struct curl_slist *
add_host(struct curl_slist *list, const struct target *t)
{
    bool has_brackets = strchr(t->host, ':') != NULL;
    struct buf host = BUF_INIT;

    buf_printf(&host, "%s%s%s", has_brackets ? "[" : "", t->host,
               has_brackets ? "]" : "");
    if (t->port != (t->is_tls ? 443 : 80))
        buf_printf(&host, ":%u", (unsigned)t->port);
    list = add_default(list, "Host", host.data);
    buf_fini(&host);
    return list;
}

/* The job's headers, and those of the run whose names the job does not use. */
static struct curl_slist *
merge_headers(const struct opts *opts, const struct job *j,
              const struct curl_slist *run_headers)
{
    struct curl_slist *list = NULL;
    bool is_part =
        j->range || header_find(j->req.headers, "Range", strlen("Range"));

    for (; run_headers; run_headers = run_headers->next) {
        const char *line = run_headers->data;
        size_t len = name_len(line);

        if ((is_length(line, len) && has_length(j)) ||
            header_find(j->req.headers, line, len) ||
            header_find(j->range, line, len) ||
            is_left_behind(opts, j, line, len) ||
            (is_part && strcmp(line, accept_encoding) == 0))
            continue;
        list = add_line(list, line);
    }
    for (const struct header *h = j->req.headers; h; h = h->next)
        list = add_header(list, h);
    for (const struct header *h = j->range; h; h = h->next)
        list = add_header(list, h);
    for (const struct header *h = earlier_conditions(j); h; h = h->next)
        list = add_header(list, h);
    if (target_asks_proxy(&j->target))
        list = add_host(list, &j->target);
    if (is_part)
        list = add_default(list, "Accept-Encoding", "identity");
    if (opts->force_close && !list_has(list, "Connection"))
        list = add_line(list, "Connection: close");
    return list;
}

/*
 * Add what libcurl, or curl -d and --json, would send with a body by default.
 */
static struct curl_slist *
add_body_headers(struct curl_slist *list, const struct job *j)
{
    if (j->req.body_kind == BODY_JSON) {
        if (!list_has(list, "Content-Type"))
            list = add_line(list, "Content-Type: application/json");
        if (!list_has(list, "Accept"))
            list = add_line(list, "Accept: application/json");
    } else if ((j->req.body_kind == BODY_NONE ||
                j->req.body_kind == BODY_PLAIN) &&
               !list_has(list, "Content-Type")) {
        list = add_line(list, "Content-Type:");
    }
    /*
     * Waiting for 100-continue costs a second if the server does not know it.
     */
    if (!list_has(list, "Expect"))
        list = add_line(list, "Expect:");
    return list;
}

/*
 * Another origin gets no credentials of the options, and no client
 * certificate.  A netrc entry names a host without port and scheme: only the
 * new origin's own entry counts.
 */
static void
drop_credentials(CURL *easy, const struct opts *opts, const struct job *j)
{
    EASY_SET(easy, CURLOPT_USERPWD, NULL);
    EASY_SET(easy, CURLOPT_XOAUTH2_BEARER, NULL);
    EASY_SET(easy, CURLOPT_COOKIE, NULL);
    EASY_SET(easy, CURLOPT_REFERER, NULL);
    EASY_SET(easy, CURLOPT_SSLCERT, NULL);
    EASY_SET(easy, CURLOPT_SSLKEY, NULL);
    if (!has_own_entry(opts, j))
        EASY_SET(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
}

/* libcurl would add a digest to an Authorization header of ours. */
static void
drop_digest(CURL *easy, const struct opts *opts, const struct job *j,
            const struct curl_slist *headers)
{
    if (opts->auth == AUTH_DIGEST &&
        (j->is_unchallenged || list_has(headers, "Authorization")))
        EASY_SET(easy, CURLOPT_HTTPAUTH, (long)CURLAUTH_NONE);
}

struct curl_slist *
setup_request(void *easy, const struct opts *opts, const struct job *j,
              const struct curl_slist *run_headers)
{
    const struct request *req = &j->req;
    struct curl_slist *own = NULL;

    if (setup_withholds(opts, j))
        drop_credentials(easy, opts, j);
    if (setup_is_plain(opts, j)) {
        drop_digest(easy, opts, j, run_headers);
        EASY_SET(easy, CURLOPT_HTTPHEADER, run_headers);
        return NULL;
    }
    own = merge_headers(opts, j, run_headers);
    drop_digest(easy, opts, j, own);
    if (has_length(j)) {
        EASY_SET(easy, CURLOPT_POST, 1L);
        EASY_SET(easy, CURLOPT_POSTFIELDS, req->body ? req->body : "");
        EASY_SET(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)req->body_len);
        own = add_body_headers(own, j);
        if (strcmp(req->method, "POST") != 0)
            EASY_SET(easy, CURLOPT_CUSTOMREQUEST, req->method);
    } else if (strcmp(req->method, "HEAD") == 0) {
        EASY_SET(easy, CURLOPT_NOBODY, 1L);
    } else {
        EASY_SET(easy, CURLOPT_HTTPGET, 1L);
        if (strcmp(req->method, "GET") != 0)
            EASY_SET(easy, CURLOPT_CUSTOMREQUEST, req->method);
    }
    EASY_SET(easy, CURLOPT_HTTPHEADER, own);
    return own;
}

bool
setup_is_plain(const struct opts *opts, const struct job *j)
{
    return !opts_renew(opts) && strcmp(j->req.method, "GET") == 0 &&
           !j->req.headers && j->req.body_kind == BODY_NONE &&
           !j->req.is_cross_origin && !has_lost_body(j) && !j->range &&
           !earlier_conditions(j) && !target_asks_proxy(&j->target);
}
