#include "engine/framing.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "job/http.h"

int
framing_status(const char *line, size_t len, bool *is_http1)
{
    const char *at, *end = line + len;
    int status = 0, n = 0;

    if (len < strlen("HTTP/2 200") || strncasecmp(line, "HTTP/", 5) != 0)
        return 0;
    at = memchr(line, ' ', len);
    if (!at)
        return 0;
    for (at++; at < end && ascii_is_digit(*at); at++)
        if (++n <= 3)
            status = status * 10 + (*at - '0');
    if (n != 3 || status < 100)
        return 0;
    *is_http1 = line[5] == '1';
    return status;
}

void
framing_begin(struct framing *f)
{
    *f = (struct framing){.length = -1};
}

static void
skip_blanks(const char **at, const char *end)
{
    while (*at < end && ascii_is_white(**at))
        ++*at;
}

/* Read one of the numbers of a Content-Length. */
static void
add_length(struct framing *f, const char **at, const char *end)
{
    const char *begin = *at;
    int64_t length = 0;

    for (; *at < end && ascii_is_digit(**at); ++*at) {
        if (length > (INT64_MAX - 9) / 10) {
            f->is_wrong = true;
            return;
        }
        length = length * 10 + (**at - '0');
    }
    if (*at == begin || (f->length >= 0 && f->length != length))
        f->is_wrong = true;
    f->length = length;
}

/* The value of a Content-Length: one number, or the same one several times. */
static void
add_lengths(struct framing *f, const char *value, const char *end)
{
    do {
        skip_blanks(&value, end);
        add_length(f, &value, end);
        skip_blanks(&value, end);
    } while (!f->is_wrong && value < end && *value++ == ',');
    if (value < end)
        f->is_wrong = true;
}

const char *
framing_value(const char *line, size_t len, const char *name)
{
    size_t n = strlen(name);

    if (len <= n || strncasecmp(line, name, n) != 0)
        return NULL;
    line += n;
    len -= n;
    while (len > 0 && ascii_is_blank(*line)) {
        line++;
        len--;
    }
    return len > 0 && *line == ':' ? line + 1 : NULL;
}

static void
add_coding(struct framing *f, const char *value, const char *end)
{
    const char *coding;
    size_t len;

    f->is_coded = true;
    /* libcurl takes a name with a blank behind it for another one. */
    f->is_wrong = f->is_wrong || ascii_is_blank(value[-2]);
    while ((coding = http_list_next(&value, end, &len))) {
        if (ascii_is_word(coding, len, "chunked"))
            f->is_chunked = true;
        else if (!ascii_is_word(coding, len, "identity"))
            f->is_unasked = true;
    }
}

void
framing_add_line(struct framing *f, const char *line, size_t len)
{
    const char *end = line + len, *length, *coding, *connection;

    if (ascii_is_blank(*line)) { /* the line before goes on */
        f->is_wrong = f->is_wrong || f->is_own_line || !f->has_line;
        return;
    }
    f->has_line = true;
    length = framing_value(line, len, "content-length");
    coding = framing_value(line, len, "transfer-encoding");
    connection = framing_value(line, len, "connection");
    f->is_own_line = length || coding;
    if (length)
        add_lengths(f, length, end);
    else if (coding)
        add_coding(f, coding, end);
    else if (connection &&
             http_list_has(connection, (size_t)(end - connection), "close"))
        f->ends_connection = true;
}
