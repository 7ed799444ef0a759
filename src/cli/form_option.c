#include "cli/form_option.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/diag.h"
#include "cli/check.h"
#include "cli/table.h"
#include "cli/value.h"
#include "job/form.h"

/* The text of an option, split up in a copy. */
struct scan {
    char *pos;
    char end; /* a separator besides ";": "," between files */
};

static char *
skip_space(char *s)
{
    while (isspace((unsigned char)*s))
        s++;
    return s;
}

static bool
ends_word(const struct scan *in, char c)
{
    return c == '\0' || c == ';' || c == in->end;
}

/* Read a word in double quotes, in which \" and \\ are escapes.  Returns NULL
 * if the quotes are not closed. */
static char *
quoted_word(struct scan *in)
{
    char *from = in->pos + 1, *to = in->pos, *word = to;

    for (; *from && *from != '"'; from++) {
        if (from[0] == '\\' && (from[1] == '\\' || from[1] == '"'))
            from++;
        *to++ = *from;
    }
    if (!*from)
        return NULL;
    for (from++; !ends_word(in, *from); from++)
        ;
    *to = '\0';
    in->pos = from;
    return word;
}

/* Read the next word; *sep is set to the character that ended it. */
static char *
next_word(struct scan *in, char *sep)
{
    char *word = in->pos, *end;

    if (*word == '"' && strchr(word + 1, '"')) {
        word = quoted_word(in);
        if (word) {
            *sep = *in->pos;
            return word;
        }
    }
    word = end = in->pos;
    while (!ends_word(in, *end))
        end++;
    *sep = *end;
    in->pos = end;
    while (end > word && isspace((unsigned char)end[-1]))
        end--;
    *end = '\0';
    return word;
}

/* Read a content type, which may have parameters: "text/plain; charset=x". */
static char *
next_type(struct scan *in, char *sep)
{
    char *word = skip_space(in->pos), *end = word, *p = word;

    for (;;) {
        for (; !ends_word(in, *p); p++)
            if (!isspace((unsigned char)*p))
                end = p + 1;
        if (*p != ';')
            break;
        char *next = skip_space(p + 1);
        if (strncasecmp(next, "filename=", 9) == 0 ||
            strncasecmp(next, "encoder=", 8) == 0)
            break;
        p = next;
    }
    *sep = *p;
    in->pos = p;
    *end = '\0';
    return word;
}

/* Read ";type=", ";filename=" and ";encoder=" behind the content. */
static int
take_attributes(struct scan *in, char *sep, const struct opt_row *row,
                struct form_part *part)
{
    while (*sep == ';') {
        char *key = skip_space(in->pos + 1);

        if (strncasecmp(key, "type=", 5) == 0) {
            in->pos = key + 5;
            part->type = next_type(in, sep);
        } else if (strncasecmp(key, "filename=", 9) == 0) {
            in->pos = skip_space(key + 9);
            part->filename = next_word(in, sep);
        } else if (strncasecmp(key, "encoder=", 8) == 0) {
            in->pos = skip_space(key + 8);
            part->encoder = next_word(in, sep);
        } else {
            diag_error("--%s: type=, filename= or encoder= must follow ';'; "
                       "put content with a ';' in double quotes",
                       row->name);
            return -1;
        }
    }
    return 0;
}

static int
check_part(const struct form_part *part, const struct opt_row *row)
{
    static const char *const encoders[] = {"binary", "8bit", "7bit", "base64",
                                           "quoted-printable"};
    bool is_known = !part->encoder;

    for (size_t i = 0; i < ARRAY_LEN(encoders) && !is_known; i++)
        is_known = strcasecmp(encoders[i], part->encoder) == 0;
    if (!is_known) {
        diag_error("--%s: encoder must be binary, 8bit, 7bit, base64 or "
                   "quoted-printable, not '%s'",
                   row->name, part->encoder);
        return -1;
    }
    if (part->type &&
        (!strchr(part->type, '/') || !check_is_line(part->type))) {
        diag_error("--%s: type must be a content type such as text/plain, not "
                   "'%s'",
                   row->name, part->type);
        return -1;
    }
    if (part->path && !check_is_regular(part->path)) {
        diag_error("--%s: '%s' must be a file that can be read again for each "
                   "request",
                   row->name, part->path);
        return -1;
    }
    return 0;
}

/* Append a copy of the part to the form. */
static void
append(struct opts_store *store, const struct form_part *part)
{
    struct form_part *copy = arena_alloc(&store->mem, sizeof(*copy));
    struct form_part **tail = &store->opts.form;

    *copy = *part;
    while (*tail)
        tail = &(*tail)->next;
    *tail = copy;
}

static int
add_content(struct opts_store *store, const struct opt_row *row, char *content,
            struct form_part part)
{
    bool is_list = *content == '@', is_file = is_list || *content == '<';
    struct scan in = {content + is_file, is_list ? ',' : '\0'};
    char sep;

    part.is_inline = is_file && !is_list;
    do {
        struct form_part one = part;
        char *word;

        in.pos = skip_space(in.pos);
        word = next_word(&in, &sep);
        if (is_file) {
            one.path = word;
        } else {
            one.value = word;
            one.value_len = strlen(word);
        }
        if (take_attributes(&in, &sep, row, &one) < 0 ||
            check_part(&one, row) < 0)
            return -1;
        append(store, &one);
        part.is_of_same = true;
        in.pos++;
    } while (sep == ',');
    return 0;
}

int
form_option_add(struct opts_store *store, const struct opt_row *row,
                const char *text)
{
    char *copy = arena_strdup(&store->mem, text);
    char *content = strchr(copy, '=');
    struct form_part part = {.next = NULL};

    if (!content) {
        diag_error("--%s must be NAME=CONTENT", row->name);
        return -1;
    }
    *content++ = '\0';
    part.name = *copy ? copy : NULL;
    if (row->kind == OPT_FORM_STRING) {
        part.value = content;
        part.value_len = strlen(content);
        append(store, &part);
        return 0;
    }
    if (*content == '(' || (*content == ')' && !part.name)) {
        diag_error("--%s: nested parts, '=(', are not supported", row->name);
        return -1;
    }
    return add_content(store, row, content, part);
}
