/*
 * fuzz_redact.c - no userinfo that libcurl would find survives, and nothing
 * else of a URL is lost.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "base/buf.h"
#include "base/redact.h"

/* The part's text, or NULL; freed with curl_free(). */
static char *
part_of(CURLU *url, CURLUPart part)
{
    char *text = NULL;

    return curl_url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

/* libcurl's reading of a text, or NULL where it is no URL. */
static CURLU *
parse(const char *text, unsigned flags)
{
    CURLU *url = curl_url();

    check(url != NULL);
    if (curl_url_set(url, CURLUPART_URL, text, flags) == CURLUE_OK)
        return url;
    curl_url_cleanup(url);
    return NULL;
}

static void
check_same(CURLU *a, CURLU *b, CURLUPart part)
{
    char *in_a = part_of(a, part), *in_b = part_of(b, part);

    check(!in_a == !in_b);
    check(!in_a || strcmp(in_a, in_b) == 0);
    curl_free(in_a);
    curl_free(in_b);
}

/*
 * Is it http or https, and '@' only where userinfo ends?  Of other texts too
 * much may be hidden.
 */
static bool
is_plain(const char *text)
{
    const char *s, *at = strchr(text, '@');

    if (strncasecmp(text, "http://", 7) == 0)
        s = text + 7;
    else if (strncasecmp(text, "https://", 8) == 0)
        s = text + 8;
    else
        return false;
    return !at || (at < s + strcspn(s, "/?#") && !strchr(at + 1, '@'));
}

/* A URL that libcurl accepts stays the same except for its userinfo. */
static void
check_url(const char *text, const char *redacted, unsigned flags)
{
    static const CURLUPart kept[] = {
        CURLUPART_SCHEME, CURLUPART_HOST,  CURLUPART_PORT,
        CURLUPART_PATH,   CURLUPART_QUERY, CURLUPART_FRAGMENT,
    };
    CURLU *before = parse(text, flags), *after;
    char *user, *password;

    if (!before)
        return;
    after = parse(redacted, flags);
    if (!after) {
        /* Too much may be hidden only in a strange text. */
        check(!is_plain(text));
        curl_url_cleanup(before);
        return;
    }
    user = part_of(after, CURLUPART_USER);
    password = part_of(after, CURLUPART_PASSWORD);
    check(!user || strcmp(user, "***") == 0);
    check(!password);
    for (size_t i = 0; is_plain(text) && i < ARRAY_LEN(kept); i++)
        check_same(before, after, kept[i]);

    curl_free(user);
    curl_free(password);
    curl_url_cleanup(after);
    curl_url_cleanup(before);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf once = BUF_INIT, twice = BUF_INIT;
    char *text = malloc(size + 1);

    check(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';

    redact_url(&once, (const char *)data, size);
    check(once.len <= size + 2 * strlen("***"));
    redact_url(&twice, once.data, once.len);
    check(once.len == twice.len);
    check(once.len == 0 || memcmp(once.data, twice.data, once.len) == 0);

    buf_addc(&once, '\0');
    if (!memchr(text, '\0', size)) {
        check_url(text, once.data, 0);
        check_url(text, once.data, CURLU_GUESS_SCHEME);
        check_url(text, once.data, CURLU_NON_SUPPORT_SCHEME);
    }
    buf_fini(&twice);
    buf_fini(&once);
    free(text);
    return 0;
}
