#include "input/operands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/redact.h"

struct operands {
    const char *const *list; /* the command line's */
    size_t n;
    size_t next;        /* the one to open next */
    bool stdin_taken;   /* opened before, so it is at its end */
    bool failed;        /* an input could not be opened */
    bool denied;        /* one of these for want of descriptors or memory */
    bool has_output;    /* the results go to a regular file or a pipe */
    struct stat output; /* that file; void unless has_output */

    /* Unset unless has_total. */
    bool has_total;
    uint64_t total_bytes; /* of all operands, when we started */
    uint64_t done_bytes;  /* of the operands before the last one */
    uint64_t last_bytes;  /* of the last one */
};

static int
stat_operand(const char *operand, struct stat *st)
{
    return strcmp(operand, "-") == 0 ? fstat(STDIN_FILENO, st)
                                     : stat(operand, st);
}

/*
 * Get the size of an operand.  Returns false if it is unknown before reading.
 */
static bool
get_size(const char *operand, uint64_t *size)
{
    bool is_stdin = strcmp(operand, "-") == 0;
    off_t begin = 0;
    struct stat st;

    *size = 0;
    if (strstr(operand, "://")) {
        *size = strlen(operand);
        return true;
    }
    if (stat_operand(operand, &st) != 0)
        return true; /* it will be reported, and gives no records */
    if (!S_ISREG(st.st_mode))
        return S_ISDIR(st.st_mode);
    if (is_stdin)
        begin = lseek(STDIN_FILENO, 0, SEEK_CUR);
    if (begin >= 0 && begin < st.st_size)
        *size = (uint64_t)(st.st_size - begin);
    return true;
}

/* Add up the sizes of all operands. */
static void
set_total(struct operands *o)
{
    bool has_stdin = false;
    uint64_t size;

    for (size_t i = 0; i < o->n; i++) {
        bool is_stdin = strcmp(o->list[i], "-") == 0;

        if (is_stdin && has_stdin)
            continue; /* treated as when its turn comes */
        has_stdin |= is_stdin;
        if (!get_size(o->list[i], &size))
            return;
        o->total_bytes += size;
    }
    o->has_total = true;
}

struct operands *
operands_new(const char *const *list, size_t n)
{
    static const char *const standard_input[] = {"-"};
    struct operands *o = xcalloc(1, sizeof(*o));

    o->list = n > 0 ? list : standard_input;
    o->n = n > 0 ? n : 1;
    set_total(o);
    return o;
}

void
operands_free(struct operands *o)
{
    free(o);
}

bool
operands_have(const struct operands *o, const char *path)
{
    struct stat there, st;

    if (stat(path, &there) != 0 || !S_ISREG(there.st_mode))
        return false;
    for (size_t i = 0; i < o->n; i++)
        if (!strstr(o->list[i], "://") && stat_operand(o->list[i], &st) == 0 &&
            fs_is_same(&st, &there))
            return true;
    return false;
}

void
operands_set_output(struct operands *o, int fd)
{
    o->has_output = fstat(fd, &o->output) == 0 &&
                    (S_ISREG(o->output.st_mode) || S_ISFIFO(o->output.st_mode));
}

static bool
is_output(const struct operands *o, const struct stat *st)
{
    return o->has_output && fs_is_same(st, &o->output);
}

static bool
may_be_read(const struct operands *o, const char *operand)
{
    struct stat st;

    if (strstr(operand, "://"))
        return true;
    if (stat_operand(operand, &st) != 0 || S_ISDIR(st.st_mode) ||
        is_output(o, &st))
        return false;
    return strcmp(operand, "-") == 0 || access(operand, R_OK) == 0;
}

bool
operands_may_be_read(const struct operands *o)
{
    size_t i = 0;

    while (i < o->n && !may_be_read(o, o->list[i]))
        i++;
    return i < o->n;
}

/* Does the name of a missing file look like a URL ("example.com",
 * "localhost:8080/a")?  It is never requested: a mistyped file name must not
 * become a request. */
static bool
is_like_url(const char *name)
{
    const char *dot = strchr(name, '.');

    return *name && !strpbrk(name, " \t") && *name != '.' && *name != '/' &&
           (strchr(name, ':') || strncmp(name, "localhost", 9) == 0 ||
            (dot && dot[1] != '\0'));
}

/* Does it begin as "http:/host" does, which only a list takes for a URL? */
static bool
has_half_scheme(const char *name)
{
    return strncasecmp(name, "http:", 5) == 0 ||
           strncasecmp(name, "https:", 6) == 0;
}

/* Report a missing file that was probably meant as a URL, without the password
 * of "me:pw@host". */
static void
report_like_url(const char *name, const char *why)
{
    struct buf shown = BUF_INIT;

    redact_operand(&shown, name);
    buf_addc(&shown, '\0');
    if (has_half_scheme(name))
        diag_error("cannot open '%s': %s; a URL needs '://' behind its scheme",
                   shown.data, why);
    else
        diag_error("cannot open '%s': %s; a URL needs a scheme: https://%s",
                   shown.data, why, shown.data);
    buf_fini(&shown);
}

/* Report an unusable operand.  err is 0 if the results go there. */
static void
report_unusable(struct operands *o, const struct operand *from, int err)
{
    const char *why = err ? strerror(err) : "the results go there";

    if (from->fd == STDIN_FILENO)
        diag_error("cannot read standard input: %s", why);
    else if (err == ENOENT && is_like_url(from->text))
        report_like_url(from->text, why);
    else
        diag_error("cannot open '%s': %s", from->text, why);
    o->failed = true;
    o->denied |= err == EMFILE || err == ENFILE || err == ENOMEM;
    if (from->fd > STDIN_FILENO)
        close(from->fd);
}

/* Open an operand that is not a URL.  One that cannot be opened is reported. */
static enum operand_kind
open_operand(struct operands *o, struct operand *to)
{
    bool is_stdin = strcmp(to->text, "-") == 0;
    struct stat st;

    if (is_stdin && o->stdin_taken)
        return OPERAND_NONE;
    o->stdin_taken |= is_stdin;
    /* Without O_NONBLOCK, open(2) would block on a FIFO without a writer.
     * Standard input keeps its mode, which it shares with the shell. */
    to->fd = is_stdin
                 ? STDIN_FILENO
                 : open(to->text, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (to->fd < 0 || fstat(to->fd, &st) < 0) {
        report_unusable(o, to, errno);
    } else if (S_ISDIR(st.st_mode)) {
        report_unusable(o, to, EISDIR);
    } else if (is_output(o, &st)) {
        report_unusable(o, to, 0);
    } else {
        to->is_file = S_ISREG(st.st_mode) || S_ISBLK(st.st_mode);
        if (is_stdin)
            to->text = "standard input";
        return OPERAND_INPUT;
    }
    return OPERAND_NONE;
}

enum operand_kind
operands_next(struct operands *o, struct operand *next)
{
    if (o->next == o->n)
        return OPERAND_END;
    *next = (struct operand){.text = o->list[o->next++], .fd = -1};
    o->done_bytes += o->last_bytes;
    if (o->has_total)
        o->has_total = get_size(next->text, &o->last_bytes);
    return strstr(next->text, "://") ? OPERAND_URL : open_operand(o, next);
}

bool
operands_failed(const struct operands *o)
{
    return o->failed;
}

bool
operands_were_denied(const struct operands *o)
{
    return o->denied;
}

bool
operands_progress(const struct operands *o, bool is_open, uint64_t taken_bytes,
                  uint64_t *done_bytes, uint64_t *total_bytes)
{
    /* A closed input is done, even if lines were left. */
    if (!is_open || taken_bytes > o->last_bytes)
        taken_bytes = o->last_bytes;
    *total_bytes = o->total_bytes;
    *done_bytes = o->done_bytes + taken_bytes;
    if (*done_bytes > *total_bytes)
        *done_bytes = *total_bytes; /* a file grew */
    return o->has_total;
}
