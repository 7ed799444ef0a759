#include "cli/guess.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "cli/argv.h"
#include "cli/table.h"

/* How much of a file is examined. */
#define HEAD_BYTES 512

static bool
begins(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

static bool
is_url(const char *s)
{
    return begins(s, "http://") || begins(s, "https://");
}

static bool
is_number(const char *s)
{
    return *s != '\0' && s[strspn(s, "0123456789")] == '\0';
}

static bool
is_folder(const char *s)
{
    struct stat st;

    return stat(s, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Read the beginning of a regular file.  Returns false if it cannot be read. */
static bool
read_head(const char *path, char head[HEAD_BYTES])
{
    struct stat st;
    FILE *file;
    size_t n;

    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    file = fopen(path, "re");
    if (!file)
        return false;
    n = fread(head, 1, HEAD_BYTES - 1, file);
    fclose(file);
    head[n] = '\0';
    return true;
}

/* Does a file look like a list of URLs? */
static bool
is_list(const char *path)
{
    char head[HEAD_BYTES];

    if (!read_head(path, head))
        return false;
    for (const char *s = head; *s;) {
        s += strspn(s, " \t\r\n");
        if (*s != '#')
            return is_url(s) || begins(s, "{\"url\"") ||
                   begins(s, "{\"index\"");
        s += strcspn(s, "\n");
    }
    return false;
}

static bool
is_summary(const char *path)
{
    char head[HEAD_BYTES];

    return read_head(path, head) && begins(head, "{\"records\":");
}

bool
guess_is_path(const struct opt_row *row)
{
    return row->arg && (begins(row->arg, "FILE") || begins(row->arg, "DIR") ||
                        begins(row->arg, "PATH"));
}

bool
guess_is_value(const struct opt_row *row, const char *word)
{
    for (const struct opt_word *w = row->words; w && w->name; w++) {
        if (strcmp(w->name, word) == 0)
            return true;
    }
    if (word[0] == '-' || strstr(word, "://"))
        return false;
    if (!guess_is_path(row))
        return row->words && !strpbrk(word, "./") && access(word, F_OK) != 0;
    return access(word, F_OK) != 0 || is_summary(word);
}

/* "5", "10M", "300s" */
static bool
is_quantity(const char *s)
{
    size_t len = strspn(s, "0123456789");

    return len > 0 && (s[len] == '\0' ||
                       (strchr("kKmMgGsh", s[len]) && s[len + 1] == '\0'));
}

bool
guess_is_stray(const char *word)
{
    static const char *const words[] = {"true", "false", "yes",
                                        "no",   "on",    "off"};
    bool is_value = is_quantity(word);

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        is_value = is_value || strcasecmp(word, words[i]) == 0;
    return is_value && access(word, F_OK) != 0;
}

/* Report what is wrong with a use: "--data: its value is a folder; ...". */
static int
report(const struct use *use, const char *flaw)
{
    diag_error("%s--%s: %s", use->place ? use->place : "", use->row->name,
               flaw);
    return -1;
}

/* Does the value look like a folder's path: "downloads/", "./out", an existing
 * folder? */
static bool
is_path_of_folder(const char *s)
{
    size_t len = strlen(s);

    if (len == 0 || strpbrk(s, "=&{ \n"))
        return false;
    return is_folder(s) || begins(s, "./") || begins(s, "../") ||
           s[len - 1] == '/';
}

/* Is it a value of xargs -d, a byte that separates two words? */
static bool
is_separator(const char *s)
{
    return strcmp(s, "\\n") == 0 || strcmp(s, "\\0") == 0 ||
           strcmp(s, "\\t") == 0;
}

/* The list that follows wget's -x, -E and -e, which have no value there. */
static int
check_no_list(const struct use *use)
{
    if (is_list(use->value))
        return report(use, "its value is the name of a list of URLs; a list is "
                           "an operand");
    return 0;
}

/* A file's name is no JSON. */
static int
check_json(const struct use *use)
{
    if (access(use->value, F_OK) == 0)
        return report(use, "its value is a file's name and would be sent as it "
                           "is; '@' before it sends the file's content");
    return 0;
}

static int
check_data(const struct use *use)
{
    if (is_separator(use->value))
        return report(use, "it is a body to send here; a list has a URL a "
                           "line");
    if (is_path_of_folder(use->value))
        return report(use, "its value is a folder, and would be sent as a "
                           "body; the folder for bodies is --output-dir DIR");
    return check_no_list(use);
}

static int
check_jar(const struct use *use)
{
    if (is_number(use->value))
        return report(use, "it needs a file to write cookies to, not a "
                           "number; requests at once are --limit N");
    if (is_list(use->value))
        return report(use, "its file is a list of URLs, and would be written "
                           "over by cookies; a list is an operand");
    return 0;
}

/* A value that is no URL, though one would be taken for it. */
static int
check_no_url(const struct use *use)
{
    if (is_url(use->value))
        return report(use, "its value is a URL, which stands by itself: "
                           "fanfetch https://example.com");
    return 0;
}

static int
check_cookie(const struct use *use)
{
    if (is_url(use->value))
        return check_no_url(use);
    if (!strchr(use->value, '=') && is_list(use->value))
        return report(use, "its file is a list of URLs and has no cookies; a "
                           "list is an operand");
    return 0;
}

/* Does a URL go on behind its host? */
static bool
has_path(const char *url)
{
    const char *host = strstr(url, "//") + 2;
    const char *path = host + strcspn(host, "/?#");

    return *path && strcmp(path, "/") != 0;
}

static int
check_proxy(const struct use *use)
{
    if (is_number(use->value))
        return report(use, "it needs a proxy's URL, not a number; connections "
                           "to a host are --limit-per-host N");
    if (is_url(use->value) && has_path(use->value))
        return report(use, "a proxy's URL has no path; a URL to fetch stands "
                           "by itself: fanfetch https://example.com/path");
    return check_no_list(use);
}

static int
check_upload(const struct use *use)
{
    if (is_number(use->value) && access(use->value, F_OK) != 0)
        return report(use, "it needs a file to send, not a number; time-outs "
                           "are -m/--timeout D");
    return 0;
}

/* Does it begin with a product's version, as in "Bot/1.0 (+https://a.test)"? */
static bool
is_user_agent(const char *s)
{
    const char *slash = s + strcspn(s, "/:");

    return *slash == '/' && slash[1] >= '0' && slash[1] <= '9';
}

static int
check_proxy_user(const struct use *use)
{
    if (!strchr(use->value, ':') || is_user_agent(use->value))
        return report(use, "it must be NAME:PASSWORD; the user agent is "
                           "-A/--user-agent NAME");
    return 0;
}

static int
check_method(const struct use *use)
{
    if (strchr(use->value, '.') && access(use->value, F_OK) == 0)
        return report(use, "its value is a file; a list is an operand");
    return 0;
}

static int
check_referer(const struct use *use)
{
    if (begins(use->value, "robots="))
        return report(use, "it is the Referer header here; robots.txt is "
                           "never asked for");
    return check_no_list(use);
}

static int
check_output(const struct use *use)
{
    if (is_folder(use->value))
        return report(use, "its value is a folder; results need a file, and "
                           "the folder for bodies is --output-dir DIR");
    return 0;
}

/* curl's "+host" lets an entry expire, "-host" forgets one. */
static int
check_resolve(const struct use *use)
{
    if (*use->value == '+')
        return report(use, "an entry holds for the whole run and does not "
                           "expire: leave the '+' out");
    if (*use->value == '-')
        return report(use, "no addresses are known as a run begins, so none "
                           "can be forgotten: leave this entry out");
    return 0;
}

int
guess_check(const struct use *use)
{
    static const struct {
        const char *name;
        int (*check)(const struct use *);
    } checks[] = {
        {"cert", check_no_list},
        {"cookie", check_cookie},
        {"cookie-jar", check_jar},
        {"data", check_data},
        {"output", check_output},
        {"header", check_no_url},
        {"json", check_json},
        {"noproxy", check_no_url},
        {"oauth2-bearer", check_no_url},
        {"upload-file", check_upload},
        {"proxy", check_proxy},
        {"proxy-user", check_proxy_user},
        {"referer", check_referer},
        {"request", check_method},
        {"resolve", check_resolve},
        {"user", check_no_url},
        {"user-agent", check_no_list},
    };

    if (!use->value)
        return 0;
    if (guess_is_path(use->row) && is_url(use->value))
        return report(use, "its value is a URL, and it needs a file");
    for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
        if (strcmp(checks[i].name, use->row->name) == 0)
            return checks[i].check(use);
    }
    return 0;
}
