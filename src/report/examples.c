#include "report/examples.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/redact.h"
#include "base/utf8.h"
#include "job/job.h"

#define NSTATUSES 1000

/* Bytes of a URL that are kept. */
#define URL_BYTES 300

struct examples {
    bool shows_secrets;
    struct example_urls *by_status[NSTATUSES]; /* NULL: none yet */
    struct example_error errors[EXAMPLES_ERRORS];
    size_t nerrors;
    uint64_t nother; /* failures without room in errors */
    struct example_slow slow[EXAMPLES_SLOW];
    size_t nslow;
};

struct examples *
examples_new(bool shows_secrets)
{
    struct examples *e = xcalloc(1, sizeof(*e));

    e->shows_secrets = shows_secrets;
    return e;
}

static void
free_urls(struct example_urls *urls)
{
    for (size_t i = 0; i < urls->n; i++)
        free(urls->v[i].url);
}

void
examples_free(struct examples *e)
{
    if (!e)
        return;
    for (size_t i = 0; i < NSTATUSES; i++) {
        if (e->by_status[i])
            free_urls(e->by_status[i]);
        free(e->by_status[i]);
    }
    for (size_t i = 0; i < e->nerrors; i++) {
        free_urls(&e->errors[i].urls);
        free(e->errors[i].message);
    }
    for (size_t i = 0; i < e->nslow; i++)
        free(e->slow[i].record.url);
    free(e);
}

static struct example
make(const struct examples *e, const struct job *j)
{
    struct example made = {.index = j->index};
    struct buf url = BUF_INIT;

    if (!j->url_given)
        return made;
    if (e->shows_secrets)
        buf_add(&url, j->url_given, j->url_given_len);
    else
        redact_url(&url, j->url_given, j->url_given_len);
    if (url.len > URL_BYTES) {
        url.len = utf8_cut(url.data, URL_BYTES);
        buf_addstr(&url, "\xe2\x80\xa6"); /* an ellipsis */
    }
    made.url = xstrndup(url.data ? url.data : "", url.len);
    buf_fini(&url);
    return made;
}

static void
add_url(struct examples *e, struct example_urls *urls, const struct job *j)
{
    if (urls->n < EXAMPLES_URLS)
        urls->v[urls->n++] = make(e, j);
}

static void
add_status(struct examples *e, const struct job *j)
{
    int status = result_status(&j->res);

    if (status <= 0 || status >= NSTATUSES)
        return;
    if (!e->by_status[status])
        e->by_status[status] = xcalloc(1, sizeof(*e->by_status[status]));
    add_url(e, e->by_status[status], j);
}

static char *
copy_message(const struct examples *e, const char *message)
{
    struct buf text = BUF_INIT;

    if (e->shows_secrets)
        buf_addstr(&text, message);
    else
        redact_text(&text, message);
    buf_addc(&text, '\0');
    return text.data;
}

/* The entry for this kind of error, created for its first one; NULL: no room.
 */
static struct example_error *
find_error(struct examples *e, const struct fetch_error *error)
{
    struct example_error *kind;

    for (size_t i = 0; i < e->nerrors; i++) {
        kind = &e->errors[i];
        if (kind->class == error->class && strcmp(kind->code, error->code) == 0)
            return kind;
    }
    if (e->nerrors == EXAMPLES_ERRORS)
        return NULL;
    kind = &e->errors[e->nerrors++];
    kind->class = error->class;
    memcpy(kind->code, error->code, sizeof(kind->code));
    if (error->message)
        kind->message = copy_message(e, error->message);
    return kind;
}

static void
add_error(struct examples *e, const struct job *j)
{
    struct example_error *kind = find_error(e, &j->res.error);

    if (!kind) {
        e->nother++;
        return;
    }
    kind->n++;
    add_url(e, &kind->urls, j);
}

/* Add the job to the slowest ones, which are sorted, if it belongs there. */
static void
add_slow(struct examples *e, const struct job *j, int64_t time_us)
{
    size_t at = e->nslow;

    if (at == EXAMPLES_SLOW && e->slow[at - 1].time_us >= time_us)
        return;
    if (at == EXAMPLES_SLOW)
        free(e->slow[--at].record.url);
    else
        e->nslow++;
    for (; at > 0 && e->slow[at - 1].time_us < time_us; at--)
        e->slow[at] = e->slow[at - 1];
    e->slow[at] = (struct example_slow){
        .record = make(e, j),
        .time_us = time_us,
        .status = result_status(&j->res),
        .class = j->res.error.class,
    };
}

void
examples_add(struct examples *e, const struct job *j, int64_t time_us)
{
    add_status(e, j);
    /* An http error has its status as its code. */
    if (j->res.error.class != ERR_NONE && j->res.error.class != ERR_HTTP)
        add_error(e, j);
    if (time_us >= 0)
        add_slow(e, j, time_us);
}

const struct example_urls *
examples_of_status(const struct examples *e, int status)
{
    static const struct example_urls none;

    return e->by_status[status] ? e->by_status[status] : &none;
}

size_t
examples_errors(const struct examples *e, const struct example_error **list)
{
    for (size_t i = 0; i < e->nerrors; i++) {
        size_t at = i;

        for (; at > 0 && list[at - 1]->n < e->errors[i].n; at--)
            list[at] = list[at - 1];
        list[at] = &e->errors[i];
    }
    return e->nerrors;
}

uint64_t
examples_other_errors(const struct examples *e)
{
    return e->nother;
}

size_t
examples_slow(const struct examples *e, const struct example_slow **list)
{
    *list = e->slow;
    return e->nslow;
}
