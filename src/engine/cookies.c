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
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "job/options.h"

struct cookies {
    CURLSH *share;
    CURL *keeper;    /* reads the files and knows all cookies */
    const char *jar; /* NULL: none */
    pthread_mutex_t locks[CURL_LOCK_DATA_LAST]; /* one per kind of data */
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

/* Would the jar take the place of the results? */
static bool
is_of_results(const char *jar, int results_fd)
{
    struct stat there, results;

    return stat(jar, &there) == 0 && S_ISREG(there.st_mode) &&
           fstat(results_fd, &results) == 0 && fs_is_same(&there, &results);
}

static int
check_jar(const char *jar, int results_fd)
{
    if (!is_of_results(jar, results_fd))
        return check_file(jar, O_WRONLY | O_CREAT, "write");
    diag_error("cannot write cookie file '%s': the results go there", jar);
    return -1;
}

int
cookies_new(const struct opts *opts, int results_fd, struct cookies **result)
{
    struct cookies *c;

    *result = NULL;
    if (!is_wanted(opts))
        return 0;
    if (opts->cookie_jar && check_jar(opts->cookie_jar, results_fd))
        return -1;
    c = xcalloc(1, sizeof(*c));
    for (size_t i = 0; i < ARRAY_LEN(c->locks); i++)
        pthread_mutex_init(&c->locks[i], NULL);
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
        if (ret == 0)
            ret = rename(name.data, target);
        err = errno;
        if (ret != 0)
            (void)unlink(name.data);
        errno = err;
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
    if (c->jar)
        ret = write_jar(c);
    cookies_destroy(c);
    return ret;
}

void *
cookies_share(struct cookies *c)
{
    return c->share;
}
