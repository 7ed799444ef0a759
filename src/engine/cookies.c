#include "engine/cookies.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/replace.h"
#include "engine/cookie.h"
#include "engine/cookie_store.h"
#include "engine/public_suffix.h"
#include "job/options.h"

struct cookies {
    struct cookie_store *store;
    struct public_suffix *suffixes;
    const char *jar; /* NULL: none */
    int jar_fd;      /* open until the jar is written, so that the reader of a
                        pipe waits for that */
    struct buf own;  /* all "name=value" of -b in the form to be sent */
    pthread_mutex_t lock;
};

/* Is it the name of a file, not "name=value"?  (curl's rule for -b) */
static bool
is_file(const char *text)
{
    return !strchr(text, '=');
}

/* Open a cookie file, which must not be a folder.  Returns -1 after a message.
 * A pipe without a reader is an error; nothing waits for one. */
static int
open_file(const char *path, int flags, const char *doing)
{
    int fd = open(path, flags | O_CLOEXEC, 0600), err = errno;
    struct stat st;

    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(fd);
        fd = -1;
        err = EISDIR;
    }
    if (fd < 0)
        diag_error("cannot %s cookie file '%s': %s", doing, path,
                   err == ENXIO ? "it has no reader" : strerror(err));
    return fd;
}

/* Read a line of a file, in Netscape's format or as a header. */
static struct cookie *
read_line(const char *line, size_t len, int64_t now_s)
{
    static const char name[] = "Set-Cookie:";
    size_t n = sizeof(name) - 1;

    if (len >= n && strncasecmp(line, name, n) == 0)
        return cookie_from_field(line + n, len - n, NULL, now_s);
    return cookie_from_line(line, len);
}

/* Opened once: a pipe from a program can be read only once. */
static int
read_file(struct cookies *c, const char *path)
{
    int fd = open_file(path, O_RDONLY, "read");
    FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
    int64_t now_s = time(NULL);
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    bool is_homeless = false; /* any of its cookies */
    int ret = 0;

    if (!f) {
        if (fd >= 0)
            close(fd);
        return -1;
    }
    while ((len = getline(&line, &room, f)) >= 0) {
        struct cookie *cookie = read_line(line, (size_t)len, now_s);

        if (cookie && cookie->domain_len == 0) {
            is_homeless = true;
            cookie_free(cookie);
        } else if (cookie) {
            cookie_store_add(c->store, cookie, true, now_s);
        }
    }
    /* It belongs to the host that sent it, which a file does not tell. */
    if (is_homeless)
        diag_warn("cookie file '%s': a Set-Cookie without a Domain is sent to "
                  "no host",
                  path);
    if (!feof(f)) {
        diag_error("cannot read cookie file '%s': %s", path, strerror(errno));
        ret = -1;
    }
    free(line);
    (void)fclose(f);
    return ret;
}

static int
read_files(struct cookies *c, const struct opts *opts)
{
    for (size_t i = 0; i < opts->cookies.n; i++) {
        const char *path = opts->cookies.v[i];
        if (!is_file(path) || !*path)
            continue;
        if (read_file(c, path))
            return -1;
    }
    return 0;
}

void
cookies_own(const struct opts *opts, struct buf *out)
{
    for (size_t i = 0; i < opts->cookies.n; i++) {
        if (is_file(opts->cookies.v[i]))
            continue;
        if (out->len)
            buf_addstr(out, "; ");
        buf_addstr(out, opts->cookies.v[i]);
    }
}

/* ----------------------------------------------------------- Set and sent */

/*
 * May the host set that cookie?  One for all hosts below a suffix under which
 * strangers register names is kept for the host only (RFC 6265, 5.3).
 */
static bool
is_acceptable(const struct cookies *c, struct cookie *cookie,
              const struct cookie_place *from)
{
    if (!cookie->is_wide ||
        public_suffix_allows(c->suffixes, from->host, cookie->domain))
        return true;
    cookie->is_wide = false;
    return cookie->domain_len == from->host_len;
}

void
cookies_set(struct cookies *c, const struct cookie_place *from,
            const char *text, size_t len)
{
    int64_t now_s = time(NULL);
    struct cookie *cookie = cookie_from_field(text, len, from, now_s);

    if (!cookie)
        return;
    pthread_mutex_lock(&c->lock);
    if (is_acceptable(c, cookie, from))
        cookie_store_add(c->store, cookie, from->is_secure, now_s);
    else
        cookie_free(cookie);
    pthread_mutex_unlock(&c->lock);
}

void
cookies_line(struct cookies *c, const struct cookie_place *to, bool has_own,
             struct buf *out)
{
    size_t before = out->len;

    pthread_mutex_lock(&c->lock);
    cookie_store_line(c->store, to, time(NULL), out);
    pthread_mutex_unlock(&c->lock);
    if (!has_own || c->own.len == 0)
        return;
    if (out->len > before)
        buf_addstr(out, "; ");
    buf_add(out, c->own.data, c->own.len);
}

static bool
is_wanted(const struct opts *opts)
{
    if (opts->cookie_jar)
        return true;
    for (size_t i = 0; i < opts->cookies.n; i++)
        if (is_file(opts->cookies.v[i]))
            return true;
    return false;
}

static void
cookies_destroy(struct cookies *c)
{
    cookie_store_free(c->store);
    public_suffix_free(c->suffixes);
    pthread_mutex_destroy(&c->lock);
    buf_fini(&c->own);
    free(c);
}

int
cookies_new(const struct opts *opts, struct cookies **result)
{
    struct cookies *c;

    *result = NULL;
    if (!is_wanted(opts))
        return 0;
    c = xcalloc(1, sizeof(*c));
    pthread_mutex_init(&c->lock, NULL);
    c->store = cookie_store_new();
    c->suffixes = public_suffix_new();
    cookies_own(opts, &c->own);
    if (read_files(c, opts)) {
        cookies_destroy(c);
        return -1;
    }
    *result = c;
    return 0;
}

int
cookies_open_jar(struct cookies *c, const struct opts *opts)
{
    if (!opts->cookie_jar)
        return 0;
    c->jar_fd =
        open_file(opts->cookie_jar, O_WRONLY | O_CREAT | O_NONBLOCK, "write");
    if (c->jar_fd < 0)
        return -1;
    c->jar = opts->cookie_jar;
    return 0;
}

/* Write all of it and close.  Returns -1 and sets errno. */
static int
write_jar(const struct cookies *c)
{
    struct buf text = BUF_INIT;
    int ret;

    buf_addstr(&text, "# Netscape HTTP Cookie File\n\n");
    cookie_store_write(c->store, time(NULL), &text);
    ret = replace_or_overwrite(c->jar, 0600, &text);
    if (ret != 0)
        diag_error("cannot write cookie file '%s': %s", c->jar,
                   strerror(errno));
    buf_fini(&text);
    return ret;
}

int
cookies_free(struct cookies *c)
{
    int ret = 0;

    if (!c)
        return 0;
    if (c->jar) {
        ret = write_jar(c);
        close(c->jar_fd);
    }
    cookies_destroy(c);
    return ret;
}
