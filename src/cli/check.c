#include "cli/check.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "job/http.h"
#include "url/rule.h"

bool
check_is_filled(const char *s)
{
    return *s != '\0';
}

bool
check_is_format(const char *s)
{
    return strcmp(s, "json") == 0 || strcmp(s, "text") == 0 || strchr(s, '{');
}

bool
check_is_file_name(const char *s)
{
    return *s != '\0' && strcmp(s, "-") != 0;
}

bool
check_is_line(const char *s)
{
    return http_is_value(s, strlen(s));
}

bool
check_is_ascii_line(const char *s)
{
    for (const char *c = s; *c; c++)
        if ((unsigned char)*c >= 0x80)
            return false;
    return check_is_line(s);
}

bool
check_is_token(const char *s)
{
    return http_is_token(s, strlen(s));
}

/* Is it this word, in any case, with or without blanks around it? */
static bool
is_word(const char *s, const char *word)
{
    size_t len = strlen(word);

    s += strspn(s, " \t");
    return strncasecmp(s, word, len) == 0 &&
           s[len + strspn(s + len, " \t")] == '\0';
}

/* The line of a header from ':' or ';' on; NULL if it has another name. */
static const char *
behind_name(const char *s, const char *name)
{
    size_t len = strlen(name);

    return strncasecmp(s, name, len) == 0 && (s[len] == ':' || s[len] == ';')
               ? s + len
               : NULL;
}

bool
check_is_chunked(const char *s)
{
    const char *coding = behind_name(s, "Transfer-Encoding");

    return coding && *coding == ':' && is_word(coding + 1, "chunked");
}

bool
check_is_header(const char *s)
{
    const char *length = behind_name(s, "Content-Length");
    const char *coding = behind_name(s, "Transfer-Encoding");
    size_t name = strcspn(s, ":;");

    if (!http_is_token(s, name))
        return false;
    if (length)
        return *length == ':' && is_word(length + 1, "0");
    if (coding)
        return check_is_chunked(s) ||
               (*coding == ':' && is_word(coding + 1, ""));
    if (s[name] == ';')
        return s[name + 1 + strspn(s + name + 1, " \t")] == '\0';
    return s[name] == ':' && check_is_line(s + name + 1);
}

bool
check_is_cookie(const char *s)
{
    return *s != '=' && strcmp(s, "-") != 0 && check_is_line(s);
}

bool
check_is_referer(const char *s)
{
    size_t len = strlen(s);

    return check_is_line(s) && (len < 5 || strcmp(s + len - 5, ";auto") != 0);
}

bool
check_is_user(const char *s)
{
    return strchr(s, ':') && check_is_line(s);
}

bool
check_is_proxy_user(const char *s)
{
    return check_is_user(s) && !strstr(s, "%00");
}

bool
check_is_scheme(const char *s)
{
    return strcmp(s, "http") == 0 || strcmp(s, "https") == 0;
}

bool
check_is_resolve(const char *s)
{
    struct resolve_rule rule;

    return rule_parse_resolve(s, &rule);
}

bool
check_is_connect_to(const char *s)
{
    struct connect_rule rule;

    return rule_parse_connect_to(s, &rule);
}

bool
check_is_socket_path(const char *s)
{
    struct sockaddr_un addr;

    return *s != '\0' && strlen(s) < sizeof(addr.sun_path);
}

static bool
is_folder(const char *s)
{
    struct stat st;

    return stat(s, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
check_is_regular(const char *s)
{
    struct stat st;

    return stat(s, &st) == 0 && S_ISREG(st.st_mode) && access(s, R_OK) == 0;
}

bool
check_is_folder(const char *s)
{
    return access(s, R_OK | X_OK) == 0 && is_folder(s);
}

/* The base64 of 32 bytes: 43 digits and a "=". */
static bool
is_sha256(const char *s)
{
    return strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                     "0123456789+/") == 43 &&
           s[43] == '=' && (s[44] == '\0' || s[44] == ';');
}

bool
check_is_pins(const char *s)
{
    static const char scheme[] = "sha256//";
    size_t len = sizeof(scheme) - 1;

    if (strncmp(s, scheme, len) != 0)
        return check_is_regular(s);
    for (;; s += len + 45) {
        if (strncmp(s, scheme, len) != 0 || !is_sha256(s + len))
            return false;
        if (s[len + 44] == '\0')
            return true;
    }
}
