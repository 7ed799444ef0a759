#include "url/netrc.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"

struct netrc {
    struct buf names; /* each with a NUL behind it */
};

void
netrc_path(struct buf *path)
{
    const char *home = getenv("HOME");

    if (!home || !*home) {
        const struct passwd *user = getpwuid(geteuid());

        home = user ? user->pw_dir : "";
    }
    buf_addstr(path, home);
    buf_addstr(path, "/.netrc");
    buf_addc(path, '\0');
}

static FILE *
open_file(void)
{
    struct buf path = BUF_INIT;
    FILE *f;

    netrc_path(&path);
    f = fopen(path.data, "re");
    buf_fini(&path);
    return f;
}

/* The next word at *p, NUL-terminated and without quotes; NULL: none. */
static char *
next_word(char **p)
{
    static const char blanks[] = " \t\r\n";
    char *word = *p + strspn(*p, blanks);
    char *end;

    if (!*word || *word == '#')
        return NULL;
    if (*word == '"') {
        word++;
        end = word + strcspn(word, "\"");
    } else {
        end = word + strcspn(word, blanks);
    }
    *p = *end ? end + 1 : end;
    *end = '\0';
    return word;
}

static bool
takes_value(const char *word)
{
    return strcasecmp(word, "login") == 0 ||
           strcasecmp(word, "password") == 0 ||
           strcasecmp(word, "account") == 0;
}

struct netrc *
netrc_read(void)
{
    enum { KEYWORD, MACHINE, VALUE, MACRO } next = KEYWORD;
    struct netrc *n = xcalloc(1, sizeof(*n));
    FILE *f = open_file();
    char *line = NULL, *word;
    size_t size = 0;

    while (f && getline(&line, &size, f) > 0) {
        char *p = line;

        /* An empty line ends a macro. */
        if (next == MACRO && *line != '\n')
            continue;
        if (next == MACRO)
            next = KEYWORD;
        while (next != MACRO && (word = next_word(&p))) {
            if (next == MACHINE)
                buf_add(&n->names, word, strlen(word) + 1);
            if (next != KEYWORD)
                next = KEYWORD;
            else if (strcasecmp(word, "machine") == 0)
                next = MACHINE;
            else if (strcasecmp(word, "macdef") == 0)
                next = MACRO;
            else if (takes_value(word))
                next = VALUE;
        }
    }
    free(line);
    if (f)
        fclose(f);
    return n;
}

void
netrc_free(struct netrc *n)
{
    if (!n)
        return;
    buf_fini(&n->names);
    free(n);
}

bool
netrc_has(const struct netrc *n, const char *host)
{
    if (!n)
        return false;
    for (size_t i = 0; i < n->names.len; i += strlen(n->names.data + i) + 1)
        if (strcasecmp(n->names.data + i, host) == 0)
            return true;
    return false;
}
