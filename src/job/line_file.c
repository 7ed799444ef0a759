#include "job/line_file.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "job/options.h"

/* Is there nothing in the line to send?  As for curl, '#' begins a comment. */
static bool
has_no_header(const char *line, size_t n)
{
    size_t i = 0;

    while (i < n && (line[i] == ' ' || line[i] == '\t'))
        i++;
    return i == n || line[i] == '#';
}

int
line_file_parse(const char *text, size_t len,
                bool (*is_valid)(const char *line), struct arena *mem,
                struct strings *out, size_t *line)
{
    const char *end, *next;

    text = utf8_skip_mark(text, &len);
    end = text + len;
    for (*line = 1; text < end; text = next, ++*line) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t n = (size_t)((stop ? stop : end) - text);
        const char *copy;

        next = stop ? stop + 1 : end;
        if (n > 0 && text[n - 1] == '\r')
            n--;
        if (has_no_header(text, n))
            continue;
        copy = arena_strndup(mem, text, n);
        if (strlen(copy) != n || !is_valid(copy))
            return -1;
        strings_add(mem, out, copy);
    }
    return 0;
}
