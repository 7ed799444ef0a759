/*
 * oracle - what jansson, which has written none of them, says of result lines.
 *
 * Reads lines from standard input and prints how many there were.  Each must
 * be one JSON object in which no key is there twice, in valid UTF-8, and end
 * with a newline; at the first that is not it says so and ends with status 1.
 * With the argument "json" a body that was JSON may be among the values: it
 * has the keys and numbers that its author liked.
 */
#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
refuse(unsigned long n, const char *why, const char *line, size_t len)
{
    printf("line %lu: %s: %.*s\n", n, why, len < 500 ? (int)len : 500, line);
    return EXIT_FAILURE;
}

int
main(int argc, char **argv)
{
    size_t flags = JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES;
    unsigned long n = 0;
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;

    if (argc == 2 && strcmp(argv[1], "json") == 0)
        flags = JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL;
    while ((len = getline(&line, &cap, stdin)) > 0) {
        json_error_t error;
        json_t *v;

        n++;
        if (line[len - 1] != '\n')
            return refuse(n, "cut off", line, (size_t)len);
        v = json_loadb(line, (size_t)len, flags, &error);
        if (!json_is_object(v))
            return refuse(n, v ? "no object" : error.text, line, (size_t)len);
        json_decref(v);
    }
    free(line);
    printf("%lu\n", n);
    return EXIT_SUCCESS;
}
