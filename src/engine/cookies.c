#include "engine/cookies.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/alloc.h"
#include "base/budgets.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/map.h"
#include "job/options.h"

struct cookies {
    CURLSH *share;
    CURL *keeper;    /* reads the files and knows all cookies */
    const char *jar; /* NULL: none */
    pthread_mutex_t locks[CURL_LOCK_DATA_LAST]; /* one per kind of data */
    _Atomic size_t nset;     /* Set-Cookie lines since the last prune */
    _Atomic size_t nset_max; /* and as many are the reason for one */
};

static void
on_lock(CURL *easy, curl_lock_data data, curl_lock_access access, void *arg)
{
    struct cookies *c = arg;

    (void)easy, (void)access;
    pthread_mutex_lock(&c->locks[data]);
}

static void
on_unlock(CURL *easy, curl_lock_data data, void *arg)
{
    struct cookies *c = arg;

    (void)easy;
    pthread_mutex_unlock(&c->locks[data]);
}

bool
cookies_is_file(const char *text)
{
    return !strchr(text, '=');
}

/* libcurl says nothing of a file that it can't open: look first. */
static int
check_file(const char *path, int flags, const char *doing)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    struct stat st;

    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        close(fd);
        fd = -1;
        errno = EISDIR;
    }
    if (fd < 0) {
        diag_error("cannot %s cookie file '%s': %s", doing, path,
                   strerror(errno));
        return -1;
    }
    close(fd);
    return 0;
}

static int
read_files(struct cookies *c, const struct opts *opts)
{
    for (size_t i = 0; i < opts->cookies.n; i++) {
        const char *path = opts->cookies.v[i];
        if (!cookies_is_file(path) || !*path)
            continue;
        if (check_file(path, O_RDONLY, "read"))
            return -1;
        curl_easy_setopt(c->keeper, CURLOPT_COOKIEFILE, path);
        curl_easy_setopt(c->keeper, CURLOPT_COOKIELIST, "RELOAD");
    }
    return 0;
}

/* ------------------------------------------------------------- the bounds */

/* A cookie as CURLINFO_COOKIELIST tells it. */
struct cookie {
    const char *line;
    struct domain *domain; /* NULL: it is dropped */
};

struct domain {
    size_t n;    /* cookies */
    size_t left; /* of these that may stay */
};

/* Its domain is the first of a line's fields, without what libcurl puts before
 * it.  *len is set. */
static const char *
domain_of(const char *line, size_t *len)
{
    static const char http_only[] = "#HttpOnly_";

    if (strncmp(line, http_only, strlen(http_only)) == 0)
        line += strlen(http_only);
    line += *line == '.';
    *len = strcspn(line, "\t");
    return line;
}

/* How many a domain may keep, so that all are no more than COOKIES_MAX. */
static size_t
fair_share(const struct domain *domains, size_t n)
{
    size_t share = COOKIES_PER_DOMAIN, sum;

    for (; share > 1; share--) {
        sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += domains[i].n < share ? domains[i].n : share;
        if (sum <= COOKIES_MAX)
            break;
    }
    return share;
}

/* Have libcurl forget all cookies but these, which keep their order. */
static void
keep_only(struct cookies *c, const struct cookie *v, size_t n)
{
    curl_easy_setopt(c->keeper, CURLOPT_COOKIELIST, "ALL");
    for (size_t i = 0; i < n; i++)
        if (v[i].domain)
            curl_easy_setopt(c->keeper, CURLOPT_COOKIELIST, v[i].line);
}

/* Mark those that go; how many stay.  The last ones of a domain are new. */
static size_t
choose(struct cookie *v, size_t n, struct domain *domains, size_t ndomains)
{
    size_t share = fair_share(domains, ndomains), nkept = 0;

    for (size_t i = 0; i < ndomains; i++)
        domains[i].left = share;
    for (size_t i = n; i-- > 0;) {
        if (v[i].domain->left == 0 || nkept == COOKIES_MAX) {
            v[i].domain = NULL;
        } else {
            v[i].domain->left--;
            nkept++;
        }
    }
    return nkept;
}

static size_t
prune_list(struct cookies *c, const struct curl_slist *list, size_t n)
{
    struct cookie *v = xcalloc(n, sizeof(*v));
    struct domain *domains = xcalloc(n, sizeof(*domains));
    struct map *by_name = map_new();
    size_t ndomains = 0, nkept;

    for (size_t i = 0; i < n; i++, list = list->next) {
        size_t len;
        const char *name = domain_of(list->data, &len);
        struct domain *d = map_get(by_name, name, len);

        if (!d) {
            d = &domains[ndomains++];
            map_put(by_name, name, len, d);
        }
        d->n++;
        v[i] = (struct cookie){list->data, d};
    }
    nkept = choose(v, n, domains, ndomains);
    if (nkept < n)
        keep_only(c, v, n);
    map_free(by_name);
    free(domains);
    free(v);
    return nkept;
}

/* Under the lock, so that no request finds a part of the cookies. */
static void
prune_now(struct cookies *c)
{
    struct curl_slist *list = NULL;
    size_t n = 0, nkept = 0;

    pthread_mutex_lock(&c->locks[CURL_LOCK_DATA_COOKIE]);
    c->nset = 0;
    curl_easy_getinfo(c->keeper, CURLINFO_COOKIELIST, &list);
    for (const struct curl_slist *s = list; s; s = s->next)
        n++;
    if (n > 0)
        nkept = prune_list(c, list, n);
    c->nset_max = nkept / 4 + 1;
    curl_slist_free_all(list);
    pthread_mutex_unlock(&c->locks[CURL_LOCK_DATA_COOKIE]);
}

void
cookies_note_set(struct cookies *c)
{
    if (c)
        c->nset++;
}

void
cookies_prune(struct cookies *c)
{
    if (c && c->nset >= c->nset_max)
        prune_now(c);
}

static bool
is_wanted(const struct opts *opts)
{
    if (opts->cookie_jar)
        return true;
    for (size_t i = 0; i < opts->cookies.n; i++)
        if (cookies_is_file(opts->cookies.v[i]))
            return true;
    return false;
}

static void
cookies_destroy(struct cookies *c)
{
    curl_easy_cleanup(c->keeper);
    curl_share_cleanup(c->share);
    for (size_t i = 0; i < ARRAY_LEN(c->locks); i++)
        pthread_mutex_destroy(&c->locks[i]);
    free(c);
}

int
cookies_new(const struct opts *opts, struct cookies **result)
{
    pthread_mutexattr_t recursive;
    struct cookies *c;

    *result = NULL;
    if (!is_wanted(opts))
        return 0;
    if (opts->cookie_jar &&
        check_file(opts->cookie_jar, O_WRONLY | O_CREAT, "write"))
        return -1;
    c = xcalloc(1, sizeof(*c));
    /* Recursive: prune_now() holds one over several calls of libcurl. */
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    for (size_t i = 0; i < ARRAY_LEN(c->locks); i++)
        pthread_mutex_init(&c->locks[i], &recursive);
    pthread_mutexattr_destroy(&recursive);
    c->nset_max = 1;
    c->jar = opts->cookie_jar;
    c->share = curl_share_init();
    c->keeper = curl_easy_init();
    if (!c->share || !c->keeper)
        alloc_failed();
    curl_share_setopt(c->share, CURLSHOPT_LOCKFUNC, on_lock);
    curl_share_setopt(c->share, CURLSHOPT_UNLOCKFUNC, on_unlock);
    curl_share_setopt(c->share, CURLSHOPT_USERDATA, c);
    curl_share_setopt(c->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    curl_easy_setopt(c->keeper, CURLOPT_SHARE, c->share);
    curl_easy_setopt(c->keeper, CURLOPT_COOKIEFILE, "");
    *result = c;
    if (read_files(c, opts)) {
        cookies_destroy(c);
        *result = NULL;
        return -1;
    }
    prune_now(c);
    return 0;
}

/* Is the cookie of this line over?  Its fifth field says when, 0: with the
 * session. */
static bool
is_expired(const char *line, time_t now)
{
    for (int i = 0; i < 4 && line; i++) {
        line = strchr(line, '\t');
        line = line ? line + 1 : NULL;
    }
    return line && *line != '0' && strtoll(line, NULL, 10) < (long long)now;
}

/* What the jar is to hold: Netscape's format, as libcurl writes it. */
static void
list_cookies(const struct cookies *c, struct buf *out)
{
    struct curl_slist *list = NULL;
    time_t now = time(NULL);

    buf_addstr(out, "# Netscape HTTP Cookie File\n\n");
    curl_easy_getinfo(c->keeper, CURLINFO_COOKIELIST, &list);
    for (const struct curl_slist *s = list; s; s = s->next) {
        if (!is_expired(s->data, now))
            buf_printf(out, "%s\n", s->data);
    }
    curl_slist_free_all(list);
}

/* Write all of it and close; -1 and errno. */
static int
write_and_close(int fd, const struct buf *text)
{
    int ret = fs_write_all(fd, text->data, text->len), err = errno;

    if (close(fd) != 0 && ret == 0)
        return -1;
    errno = err;
    return ret;
}

/* Put a new file in the place of an old one, so that nobody ever finds half a
 * jar; -1 and errno. */
static int
replace_file(const char *path, mode_t mode, const struct buf *text)
{
    char *target = realpath(path, NULL); /* a symbolic link stays one */
    struct buf name = BUF_INIT;
    int fd, err, ret = -1;

    if (!target)
        return -1;
    buf_printf(&name, "%s.XXXXXX", target);
    buf_addc(&name, '\0');
    fd = mkostemp(name.data, O_CLOEXEC);
    if (fd >= 0) {
        (void)!fchmod(fd, mode & 07777);
        ret = write_and_close(fd, text);
        if (ret == 0) {
            ret = fs_put_in_place(name.data, target);
        } else {
            err = errno;
            (void)unlink(name.data);
            errno = err;
        }
    }
    buf_fini(&name);
    free(target);
    return ret;
}

/* Not by libcurl, which tells of no error: a full disk would leave half of the
 * cookies behind, and no word. */
static int
write_jar(const struct cookies *c)
{
    struct buf text = BUF_INIT;
    struct stat st;
    int fd = open(c->jar, O_WRONLY | O_CREAT | O_CLOEXEC, 0600), ret = -1;

    list_cookies(c, &text);
    if (fd >= 0 && fstat(fd, &st) == 0) {
        if (S_ISREG(st.st_mode)) {
            close(fd);
            ret = replace_file(c->jar, st.st_mode, &text);
        } else {
            ret = write_and_close(fd, &text);
        }
    }
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
        prune_now(c);
        ret = write_jar(c);
    }
    cookies_destroy(c);
    return ret;
}

void *
cookies_share(struct cookies *c)
{
    return c->share;
}
