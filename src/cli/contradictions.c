#include "cli/contradictions.h"

#include <string.h>

#include "base/ascii.h"
#include "base/diag.h"
#include "cli/argv.h"
#include "cli/check.h"
#include "cli/table.h"
#include "job/options.h"

/* Pairs of options that contradict each other. */
static const char *const exclusions[][2] = {
    {"basic", "oauth2-bearer"},
    {"continue", "body"},
    {"continue", "truncate"},
    {"continue", "warc"},
    {"digest", "oauth2-bearer"},
    {"limit-rate", "http3"},
    {"limit-rate-per-host", "http3"},
    {"oauth2-bearer", "user"},
    {"quiet", "verbose"},
};

/* Options that need another option. */
static const char *const needs[][2] = {
    {"continue", "output-dir"},     {"key", "cert"},
    {"output-name", "output-dir"},  {"resume", "output"},
    {"retry-all-methods", "retry"}, {"retry-delay", "retry"},
    {"retry-failed", "resume"},     {"existing", "output-dir"},
    {"retry-max-time", "retry"},    {"retry-on", "retry"},
    {"warc-size", "warc"},
};

static int
report_contradiction(const char *a, const char *b)
{
    diag_error("--%s contradicts --%s", a, b);
    return -1;
}

/* Two options that set one field, such as --http2 and --http1.1. */
static int
check_picks(const struct uses *uses)
{
    for (size_t i = 0; i < uses->n; i++) {
        const struct opt_row *a = uses->v[i].row;

        for (size_t j = 0; a->kind == OPT_PICK && j < i; j++) {
            const struct opt_row *b = uses->v[j].row;

            if (b->kind == OPT_PICK && a != b && a->offset == b->offset)
                return report_contradiction(b->name, a->name);
        }
    }
    return 0;
}

static bool
has_field(const struct opts *o, const char *name)
{
    for (size_t i = 0; i < o->fields.n; i++) {
        if (strcmp(o->fields.v[i], name) == 0)
            return true;
    }
    return o->fields.n == 0;
}

/* Could a later run recognise its own results?  Returns -1 if not, which was
 * reported. */
static int
check_resumable(const struct opts *o)
{
    static const char *const needed[] = {"index", "id", "url", "ok", "error"};

    if (o->resume && strcmp(o->output, "-") == 0) {
        diag_error("--resume needs a file as --output, not standard output");
        return -1;
    }
    for (size_t i = 0; o->resume && i < ARRAY_LEN(needed); i++) {
        if (!has_field(o, needed[i])) {
            diag_error("--resume needs the keys index, id, url, ok and error "
                       "among --fields, and '%s' is not",
                       needed[i]);
            return -1;
        }
    }
    return 0;
}

/* A run cannot be resumed from lines for people or shells. */
static int
check_format(const struct opts *o)
{
    bool has_file = o->output && strcmp(o->output, "-") != 0;
    const char *with = o->resume         ? "resume"
                       : has_file        ? "output"
                       : o->fields.n > 0 ? "fields"
                                         : NULL;

    if (strcmp(o->format, "json") == 0 || !with)
        return 0;
    diag_error("--%s needs --format json, not '%s'", with, o->format);
    return -1;
}

/* The kind of body an option gives: options with the same number can be
 * combined. */
static int
body_source(const struct opt_row *row)
{
    switch (row->kind) {
    case OPT_DATA:
    case OPT_DATA_BINARY:
    case OPT_DATA_RAW:
    case OPT_DATA_URLENCODE:
        return 1;
    case OPT_JSON:
        return 2;
    case OPT_FORM:
    case OPT_FORM_STRING:
        return 3;
    default:
        return strcmp(row->name, "upload-file") == 0 ? 4 : 0;
    }
}

/* Refuse two kinds of body, or a kind that -G cannot put into a URL. */
static int
check_bodies(const struct uses *uses, const struct opts *o)
{
    const struct opt_row *first = NULL;

    for (size_t i = 0; i < uses->n; i++) {
        const struct opt_row *row = uses->v[i].row;
        int source = body_source(row);

        if (source == 0)
            continue;
        if (o->get && source > 2)
            return report_contradiction("get", row->name);
        if (first && body_source(first) != source)
            return report_contradiction(first->name, row->name);
        first = row;
    }
    return 0;
}

static bool
is_named(const struct use *use, const char *name)
{
    return strcmp(use->row->name, name) == 0;
}

static bool
is_head(const struct use *use)
{
    return is_named(use, "request") && strcmp(use->value, "HEAD") == 0;
}

/* HEAD contradicts a body, as with curl -I. */
static int
check_head(const struct uses *uses, const struct opts *o)
{
    if (!o->method || strcmp(o->method, "HEAD") != 0 || o->get)
        return 0;
    for (size_t i = 0; i < uses->n; i++) {
        const struct opt_row *row = uses->v[i].row;

        if (body_source(row) != 0) {
            diag_error("--%s contradicts --request HEAD (-I/--head)",
                       row->name);
            return -1;
        }
    }
    return 0;
}

static bool
has_header(const struct opts *o, const char *name)
{
    for (size_t i = 0; i < o->headers.n; i++) {
        const char *line = o->headers.v[i];
        size_t len = strcspn(line, ":;");

        if (ascii_is_word(line, len, name))
            return true;
    }
    return false;
}

/* Headers of the user's own that leave no choice to an option. */
static int
check_headers(const struct opts *o)
{
    static const char *const names[] = {"Range", "If-Range"};
    bool has_body = o->form || o->upload_file || (o->data_len > 0 && !o->get);

    for (size_t i = 0; o->continues && i < ARRAY_LEN(names); i++) {
        if (has_header(o, names[i])) {
            diag_error("--continue contradicts --header '%s: ...'", names[i]);
            return -1;
        }
    }
    if (has_body && has_header(o, "Content-Length")) {
        diag_error("--header 'Content-Length: 0' contradicts a body; leave it "
                   "out, since the length follows the body");
        return -1;
    }
    for (size_t i = 0; i < o->headers.n; i++) {
        if (!check_is_chunked(o->headers.v[i]))
            continue;
        if (!has_body && (!o->data || o->get)) {
            diag_error("--header 'Transfer-Encoding: chunked' needs a body "
                       "(--data, --form, --upload-file)");
            return -1;
        }
        if (o->http == HTTP_1_0) {
            diag_error("--header 'Transfer-Encoding: chunked' contradicts "
                       "--http1.0");
            return -1;
        }
    }
    return 0;
}

int
contradictions_check(const struct uses *uses, const struct opts *o)
{
    for (size_t i = 0; i < ARRAY_LEN(exclusions); i++) {
        const char *const *pair = exclusions[i];

        if (uses_find(uses, pair[0]) && uses_find(uses, pair[1]))
            return report_contradiction(pair[0], pair[1]);
    }
    for (size_t i = 0; i < ARRAY_LEN(needs); i++) {
        if (uses_find(uses, needs[i][0]) && !uses_find(uses, needs[i][1])) {
            diag_error("--%s needs --%s", needs[i][0], needs[i][1]);
            return -1;
        }
    }
    if (o->force_close && uses_find(uses, "keepalive-timeout") &&
        o->keepalive_us != 0)
        return report_contradiction("force-close", "keepalive-timeout");
    if (check_resumable(o) != 0 || check_format(o) != 0 ||
        check_bodies(uses, o) != 0 || check_head(uses, o) != 0 ||
        check_headers(o) != 0)
        return -1;
    return check_picks(uses);
}

/* Do the rows have these names, in either order? */
static bool
are_named(const struct opt_row *a, const struct opt_row *b,
          const char *const pair[2])
{
    return (strcmp(pair[0], a->name) == 0 && strcmp(pair[1], b->name) == 0) ||
           (strcmp(pair[1], a->name) == 0 && strcmp(pair[0], b->name) == 0);
}

/* Would check_bodies() refuse them together? */
static bool
are_bodies_apart(const struct opt_row *a, const struct opt_row *b)
{
    int source_a = body_source(a), source_b = body_source(b);

    if (strcmp(a->name, "get") == 0)
        return source_b > 2;
    if (strcmp(b->name, "get") == 0)
        return source_a > 2;
    return source_a > 0 && source_b > 0 && source_a != source_b;
}

static bool
is_stdout(const struct use *use)
{
    return is_named(use, "output") && strcmp(use->value, "-") == 0;
}

/* Would check_format() or check_resumable() refuse the first with the second?
 */
static bool
is_output_apart(const struct use *a, const struct use *b)
{
    if (is_named(a, "resume"))
        return is_stdout(b);
    if (!is_named(a, "format") || strcmp(a->value, "json") == 0)
        return false;
    return is_named(b, "resume") || is_named(b, "fields") ||
           (is_named(b, "output") && !is_stdout(b));
}

const char *
contradictions_needed(const struct use *use)
{
    for (size_t i = 0; i < ARRAY_LEN(needs); i++) {
        if (is_named(use, needs[i][0]))
            return needs[i][1];
    }
    return NULL;
}

bool
contradictions_exclude(const struct use *use, const struct use *other)
{
    static const char *const idle[2] = {"force-close", "keepalive-timeout"};
    const struct opt_row *a = use->row, *b = other->row;

    for (size_t i = 0; i < ARRAY_LEN(exclusions); i++) {
        if (are_named(a, b, exclusions[i]))
            return true;
    }
    if (are_named(a, b, idle) || are_bodies_apart(a, b) ||
        is_output_apart(use, other) || is_output_apart(other, use) ||
        (is_head(use) && body_source(b) != 0) ||
        (is_head(other) && body_source(a) != 0))
        return true;
    return a->kind == OPT_PICK && b->kind == OPT_PICK && a != b &&
           a->offset == b->offset;
}
