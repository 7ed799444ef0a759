#include "app/named_keys.h"

#include <ctype.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/span.h"
#include "job/options.h"
#include "output/format.h"
#include "output/keys.h"

/* Names that curl and other tools give to our keys. */
static const char *const known_elsewhere[][2] = {
    {"bytes", "size_body"},
    {"code", "status_code"},
    {"duration", "time_total"},
    {"errormsg", "error.message"},
    {"exitcode", "error.code"},
    {"http_code", "status_code"},
    {"ip", "remote_ip"},
    {"redirect_url", "url_effective"},
    {"response_code", "status_code"},
    {"size", "size_body"},
    {"ssl_version", "tls.version"},
    {"status", "status_code"},
    {"time", "time_total"},
    {"time_connect", "timing.connect"},
    {"time_namelookup", "timing.dns"},
    {"time_starttransfer", "timing.wait"},
    {"urlnum", "index"},
};

/* The length of the first part of "error.code". */
static size_t
first_part(const char *key, size_t len)
{
    const char *dot = memchr(key, '.', len);

    return dot ? (size_t)(dot - key) : len;
}

/* Append a key that differs in the case of its letters alone, if there is one.
 */
static void
add_lower(struct buf *out, const char *key, size_t len)
{
    buf_add(out, key, len);
    for (size_t i = 0; i < len; i++)
        out->data[i] = ascii_lower(out->data[i]);
    if (!keys_has(out->data, len))
        buf_clear(out);
}

/* Append "; did you mean '{error.code}'?" for --format, or "; did you mean
 * 'error'?" for --fields, which keeps keys as a whole.  Append nothing if no
 * key is similar. */
static void
add_suggestion(struct buf *out, const char *key, size_t len, bool is_format)
{
    struct buf near = BUF_INIT;

    for (size_t i = 0; i < ARRAY_LEN(known_elsewhere); i++) {
        if (strlen(known_elsewhere[i][0]) == len &&
            memcmp(known_elsewhere[i][0], key, len) == 0)
            buf_addstr(&near, known_elsewhere[i][1]);
    }
    if (near.len == 0 && len > 0)
        add_lower(&near, key, len);
    if (near.len == 0)
        keys_add_nearest(&near, key, len);
    if (near.len > 0 && is_format)
        buf_printf(out, "; did you mean '{%.*s}'?", (int)near.len, near.data);
    else if (near.len > 0)
        buf_printf(out, "; did you mean '%.*s'?",
                   (int)first_part(near.data, near.len), near.data);
    buf_fini(&near);
}

static int
check_field(const char *name)
{
    const char *key = name + strspn(name, " ");
    size_t len = strlen(key), first = first_part(key, len);
    struct buf near = BUF_INIT;

    if (key == name && first == len && keys_has(name, len))
        return 0;
    if (keys_has(key, first))
        buf_printf(&near, "; did you mean '%.*s'?", (int)first, key);
    else
        add_suggestion(&near, key, len, false);
    if (first < len && keys_has(key, len))
        diag_error("--fields: keys are kept as a whole, and '%s' is a part of "
                   "one%.*s",
                   key, (int)near.len, near.data);
    else
        diag_error("--fields: a result line has no key '%s'%.*s (--help keys "
                   "lists them)",
                   name, (int)near.len, near.data ? near.data : "");
    buf_fini(&near);
    return -1;
}

/* curl's "%{name}"; not so where "%" can be the sign of a number. */
static bool
is_of_curl(const char *template)
{
    const char *s = strstr(template, "%{");

    return s && (s == template || !(isdigit((unsigned char)s[-1]) ||
                                    s[-1] == '}' || s[-1] == '%'));
}

static int
check_format(const struct opts *opts)
{
    struct buf near = BUF_INIT;
    struct span wrong;

    if (opts->format_kind != FORMAT_TEMPLATE)
        return 0;
    if (is_of_curl(opts->format)) {
        diag_error("--format: a key stands in braces alone, so write "
                   "{status_code} for curl's %%{http_code}");
        return -1;
    }
    if (format_check(opts->format, &wrong) == 0)
        return 0;
    if (wrong.len > 2)
        add_suggestion(&near, wrong.p + 1, wrong.len - 2, true);
    diag_error("--format: '%.*s' is not a {key} of a result line%.*s (--help "
               "keys lists them; {{ stands for a brace)",
               (int)wrong.len, wrong.p, (int)near.len,
               near.data ? near.data : "");
    buf_fini(&near);
    return -1;
}

int
named_keys_check(const struct opts *opts)
{
    for (size_t i = 0; i < opts->fields.n; i++) {
        if (check_field(opts->fields.v[i]) != 0)
            return -1;
    }
    return check_format(opts);
}
