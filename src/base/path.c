#include "base/path.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fs.h"

/* The most symbolic links that are followed. */
#define MAX_LINKS 8

char *
path_follow(const char *path)
{
    char *at = xstrdup(path);

    for (int i = 0; i < MAX_LINKS; i++) {
        char target[PATH_MAX];
        ssize_t n = readlink(at, target, sizeof(target) - 1);
        struct buf joined = BUF_INIT;

        if (n < 0)
            break;
        target[n] = '\0';
        if (target[0] != '/')
            buf_printf(&joined, "%s/", dirname(at));
        buf_printf(&joined, "%s", target);
        buf_addc(&joined, '\0');
        free(at);
        at = xstrdup(joined.data);
        buf_fini(&joined);
    }
    return at;
}

bool
path_is_same_new(const char *a, const char *b)
{
    char *pa = path_follow(a), *pb = path_follow(b);
    char *da = xstrdup(pa), *db = xstrdup(pb);
    struct stat sa, sb;
    bool is_same = strcmp(basename(pa), basename(pb)) == 0 &&
                   stat(dirname(da), &sa) == 0 && stat(dirname(db), &sb) == 0 &&
                   fs_is_same(&sa, &sb);

    free(pa);
    free(pb);
    free(da);
    free(db);
    return is_same;
}

void
path_add_plain(struct buf *out, const char *p, size_t len)
{
    const char *end = p + len;

    while (p < end) {
        const char *slash = memchr(p, '/', (size_t)(end - p));
        size_t n = (size_t)((slash ? slash : end) - p);

        if (n == 2 && memcmp(p, "..", 2) == 0) {
            while (out->len > 0 && out->data[--out->len] != '/')
                ;
        } else if (n > 0 && (n > 1 || *p != '.')) {
            buf_addc(out, '/');
            buf_add(out, p, n);
        }
        p += n + 1;
    }
}

int
path_make_folders(const char *path)
{
    char *copy = xstrdup(path);
    int ret = 0;

    for (char *s = copy; *s && ret == 0;) {
        s += strspn(s, "/");
        s += strcspn(s, "/");
        char c = *s;
        *s = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            ret = -1;
        *s = c;
    }
    free(copy);
    return ret;
}
