/*
 * Finds the userinfo of a text, assuming that it is a URL:
 *
 *     http://me:pw@host/path      the scheme is a first part without '@' that
 *     ^----^ ^--------^ ^--^      ends in its only colon; the authority is
 *     scheme  authority rest      what follows its slashes
 *     me:pw@host/path             no scheme: the authority is the beginning
 *     http//me:pw@host/path       a scheme that lost its colon, or has
 *     http;//me:pw@host/path      something else in its place
 *
 * The text may be anything, and URLs that libcurl refuses are shown too, in
 * errors, so this rather hides too much.  The scheme's characters do not
 * matter, nor does the number of slashes (libcurl accepts one to three).
 */
#include "base/redact.h"

#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"

/* The end of the bytes from s that are none of / ? #. */
static const char *
part_end(const char *s, const char *end)
{
    while (s < end && *s != '/' && *s != '?' && *s != '#')
        s++;
    return s;
}

/* The last '@' from s to end, or NULL. */
static const char *
last_at(const char *s, const char *end)
{
    while (end > s) {
        if (*--end == '@')
            return end;
    }
    return NULL;
}

/* Is it "http" or "https", with or without other bytes around it that are no
 * letters or digits: a ';' in place of the colon, or an invisible character? */
static bool
is_lost_scheme(const char *s, const char *end)
{
    static const char https[] = "https";
    size_t n = 0;

    for (; s < end; s++) {
        if (!ascii_is_alnum(*s))
            continue;
        if (n == sizeof(https) - 1 || ascii_lower(*s) != https[n])
            return false;
        n++;
    }
    return n >= sizeof(https) - 2;
}

static bool
has_two_slashes(const char *s, const char *end)
{
    return end - s >= 2 && s[0] == '/' && s[1] == '/';
}

/* Returns where the authority starts; url if there is no scheme. */
static const char *
skip_scheme(const char *url, const char *end)
{
    const char *head_end = part_end(url, end);
    const char *s = url;

    while (s < head_end && *s != ':' && *s != '@')
        s++;
    if (s < head_end && *s == ':')
        s++;
    else if (s > url && (s < head_end || !is_lost_scheme(url, s)))
        return url;

    /* A lone slash without a scheme starts a path. */
    if (s == end || *s != '/' || (s == url && !has_two_slashes(s, end)))
        return url;
    while (s < end && *s == '/')
        s++;
    return s;
}

/* Does "host:port" have an impossible port? */
static bool
has_bad_port(const char *s, const char *end)
{
    size_t ndigits = 0;

    if (s < end && *s == '[') {
        while (s < end && *s != ']')
            s++;
    }
    while (s < end && *s != ':')
        s++;
    if (s == end)
        return false;
    for (s++; s < end && *s >= '0' && *s <= '9'; s++)
        ndigits++;
    return s < end || ndigits > 5;
}

/*
 * Is the text from s to rest only a part of the authority, so that a password
 * may follow?  In http://me:p/w@host/ and http://me@x:p/w@host/ it ends at an
 * unescaped slash within the password; in x@http://me:pw@host/ and
 * http://http:/me:pw@host/ a whole URL follows.
 */
static bool
is_false_authority(const char *s, const char *rest, const char *end)
{
    const char *at = last_at(s, rest);

    if (has_bad_port(at ? at + 1 : s, rest))
        return true;
    if (rest == s || rest[-1] != ':' || rest == end || *rest != '/')
        return false;
    return has_two_slashes(rest, end) || is_lost_scheme(at ? at + 1 : s, rest);
}

void
redact_url(struct buf *out, const char *url, size_t len)
{
    const char *end, *s, *rest, *at;

    if (len == 0)
        return; /* url may be NULL */
    end = url + len;
    s = skip_scheme(url, end);
    rest = part_end(s, end);
    /* http://http://me:pw@host/, also as it is sent: without the second colon
     */
    if (s < rest && has_two_slashes(rest, end) && is_lost_scheme(s, rest)) {
        s = skip_scheme(s, end);
        rest = part_end(s, end);
    }
    if (is_false_authority(s, rest, end))
        rest = end;

    buf_add(out, url, (size_t)(s - url));
    at = last_at(s, rest);
    if (at) {
        buf_addstr(out, "***");
        s = at;
    }
    buf_add(out, s, (size_t)(end - s));
}

void
redact_refused(struct buf *out, const char *text, size_t len)
{
    const char *end = text + len;
    const char *s = skip_scheme(text, end), *at = last_at(s, end);

    if (!at || !memchr(s, ':', (size_t)(at - s))) {
        redact_url(out, text, len);
        return;
    }
    buf_add(out, text, (size_t)(s - text));
    buf_addstr(out, "***");
    buf_add(out, at, (size_t)(end - at));
}

size_t
redact_cut(const char *text, size_t len)
{
    const char *end = text + len, *s;

    if (len == 0)
        return 0;
    s = skip_scheme(text, end);
    if (part_end(s, end) < end || !memchr(s, ':', (size_t)(end - s)))
        return len;
    return (size_t)(s - text);
}

void
redact_operand(struct buf *out, const char *operand)
{
    const char *colon = strchr(operand, ':');

    if (colon && strchr(colon, '@'))
        redact_url(out, operand, strlen(operand));
    else
        buf_addstr(out, operand);
}

/*
 * The place in text where the next URL may begin; len if there is none.  A URL
 * begins behind an opening quote, or at the scheme before "://".
 */
static size_t
next_url(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        size_t start = i;

        if (text[i] == '\'' && (i == 0 || text[i - 1] == ' '))
            return i + 1;
        if (len - i < 3 || memcmp(text + i, "://", 3) != 0)
            continue;
        while (start > 0 && ascii_is_scheme(text[start - 1]))
            start--;
        if (start > 0)
            return start;
    }
    return len;
}

void
redact_text(struct buf *out, const char *text)
{
    size_t left = strlen(text);

    if (!memchr(text, '@', left)) {
        buf_add(out, text, left);
        return;
    }
    while (left > 0) {
        size_t n = next_url(text, left);

        redact_url(out, text, n);
        text += n;
        left -= n;
    }
}
