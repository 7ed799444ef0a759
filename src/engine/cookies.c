#include "engine/cookies.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "cli/opts.h"

struct cookies {
    CURLSH *share;
    CURL *keeper;    /* reads the files and writes the jar */
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

int
cookies_new(const struct opts *opts, struct cookies **result)
{
    struct cookies *c;

    *result = NULL;
    if (!is_wanted(opts))
        return 0;
    if (opts->cookie_jar &&
        check_file(opts->cookie_jar, O_WRONLY | O_CREAT, "write"))
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

int
cookies_free(struct cookies *c)
{
    int ret = 0;

    if (!c)
        return 0;
    if (c->jar) {
        ret = check_file(c->jar, O_WRONLY | O_CREAT, "write");
        curl_easy_setopt(c->keeper, CURLOPT_COOKIEJAR, c->jar);
        curl_easy_setopt(c->keeper, CURLOPT_COOKIELIST, "FLUSH");
        curl_easy_setopt(c->keeper, CURLOPT_COOKIEJAR, NULL);
    }
    cookies_destroy(c);
    return ret;
}

void *
cookies_share(struct cookies *c)
{
    return c->share;
}
