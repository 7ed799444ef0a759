#include "base/mark.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>

#include "base/siphash.h"

#define NAME "user.fanfetch.results"

void
mark_make(char mark[MARK_TEXT])
{
    struct siphash_key key = siphash_key_new();
    struct siphash_hash hash = siphash_hash(&key, "", 0);

    snprintf(mark, MARK_TEXT, "%016" PRIx64 "%016" PRIx64, hash.word[0],
             hash.word[1]);
}

void
mark_set(int fd, const char *mark)
{
    (void)!fsetxattr(fd, NAME, mark, strlen(mark), 0);
}

/* Is it a mark of len bytes?  A NUL is added. */
static bool
is_whole(char mark[MARK_TEXT], ssize_t len)
{
    if (len != MARK_TEXT - 1)
        return false;
    mark[len] = '\0';
    return true;
}

bool
mark_get(int fd, char mark[MARK_TEXT])
{
    return is_whole(mark, fgetxattr(fd, NAME, mark, MARK_TEXT - 1));
}

bool
mark_is(const char *path, const char *mark)
{
    char found[MARK_TEXT];

    return is_whole(found, lgetxattr(path, NAME, found, MARK_TEXT - 1)) &&
           strcmp(found, mark) == 0;
}
