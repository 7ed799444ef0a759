#include "output/line_objects.h"

#include "base/json_writer.h"
#include "job/job.h"
#include "output/line_values.h"

void
line_put_error(const struct line *l)
{
    const struct fetch_error *e = &l->res->error;

    if (e->class == ERR_NONE) {
        line_put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{\"class\":");
    jsonw_string(l->out, result_class_name(e->class));
    JSONW_LITERAL(l->out, ",\"code\":");
    jsonw_string(l->out, e->code);
    JSONW_LITERAL(l->out, ",\"phase\":");
    jsonw_string(l->out, result_phase_name(e->phase));
    JSONW_LITERAL(l->out, ",\"message\":");
    line_put_message(l, e->message);
    JSONW_LITERAL(l->out, ",\"retryable\":");
    jsonw_bool(l->out, e->retryable);
    JSONW_LITERAL(l->out, ",\"curl_code\":");
    jsonw_int(l->out, e->curl_code);
    JSONW_LITERAL(l->out, ",\"os_errno\":");
    line_put_nonzero(l, e->os_errno);
    JSONW_LITERAL(l->out, "}");
}

void
line_put_timing(const struct line *l)
{
    const struct timing *t = &l->res->timing;

    if (!l->res->has_timing) {
        line_put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{\"dns\":");
    jsonw_seconds_or_null(l->out, t->dns);
    JSONW_LITERAL(l->out, ",\"connect\":");
    jsonw_seconds_or_null(l->out, t->connect);
    JSONW_LITERAL(l->out, ",\"tls\":");
    jsonw_seconds_or_null(l->out, t->tls);
    JSONW_LITERAL(l->out, ",\"send\":");
    jsonw_seconds_or_null(l->out, t->send);
    JSONW_LITERAL(l->out, ",\"wait\":");
    jsonw_seconds_or_null(l->out, t->wait);
    JSONW_LITERAL(l->out, ",\"receive\":");
    jsonw_seconds_or_null(l->out, t->receive);
    JSONW_LITERAL(l->out, "}");
}

static void
put_hop(const struct line *l, const struct hop *hop)
{
    JSONW_LITERAL(l->out, "{\"url\":");
    line_put_url_or_null(l, hop->url);
    JSONW_LITERAL(l->out, ",\"status_code\":");
    line_put_nonzero(l, hop->status);
    JSONW_LITERAL(l->out, ",\"location\":");
    line_put_url_or_null(l, hop->location);
    JSONW_LITERAL(l->out, ",\"remote_ip\":");
    line_put_known(l, hop->remote_ip);
    JSONW_LITERAL(l->out, ",\"time_total\":");
    jsonw_seconds_or_null(l->out, hop->time_us);
    JSONW_LITERAL(l->out, "}");
}

void
line_put_redirects(const struct line *l)
{
    JSONW_LITERAL(l->out, "[");
    for (const struct hop *h = l->res->hops; h; h = h->next) {
        if (h != l->res->hops)
            JSONW_LITERAL(l->out, ",");
        put_hop(l, h);
    }
    JSONW_LITERAL(l->out, "]");
}

static void
put_attempt(const struct line *l, const struct attempt *a)
{
    JSONW_LITERAL(l->out, "{\"status_code\":");
    line_put_nonzero(l, a->status);
    JSONW_LITERAL(l->out, ",\"error_class\":");
    if (a->error_class == ERR_NONE)
        line_put_null(l);
    else
        jsonw_string(l->out, result_class_name(a->error_class));
    JSONW_LITERAL(l->out, ",\"retry_after\":");
    jsonw_seconds_or_null(l->out, a->retry_after_us);
    JSONW_LITERAL(l->out, ",\"waited\":");
    jsonw_seconds(l->out, a->waited_us);
    JSONW_LITERAL(l->out, ",\"time_total\":");
    jsonw_seconds_or_null(l->out, a->time_us);
    JSONW_LITERAL(l->out, "}");
}

void
line_put_attempts_log(const struct line *l)
{
    const struct attempt *first = l->res->attempt_log;

    JSONW_LITERAL(l->out, "[");
    for (const struct attempt *a = first; a; a = a->next) {
        if (a != first)
            JSONW_LITERAL(l->out, ",");
        put_attempt(l, a);
    }
    JSONW_LITERAL(l->out, "]");
}

void
line_put_tls(const struct line *l)
{
    const struct tls_info *t = l->res->tls;

    if (!t) {
        line_put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{\"version\":");
    jsonw_string(l->out, t->version);
    JSONW_LITERAL(l->out, ",\"cipher\":");
    jsonw_string(l->out, t->cipher);
    JSONW_LITERAL(l->out, ",\"alpn\":");
    jsonw_string(l->out, t->alpn);
    JSONW_LITERAL(l->out, ",\"verified\":");
    jsonw_bool(l->out, t->is_verified);
    JSONW_LITERAL(l->out, ",\"subject\":");
    jsonw_string(l->out, t->subject);
    JSONW_LITERAL(l->out, ",\"issuer\":");
    jsonw_string(l->out, t->issuer);
    JSONW_LITERAL(l->out, ",\"not_after\":");
    line_put_moment(l, t->not_after_us);
    JSONW_LITERAL(l->out, ",\"sha256\":");
    jsonw_string(l->out, t->sha256);
    JSONW_LITERAL(l->out, "}");
}

/* Write the members that say where a record is. */
static void
put_place(const struct line *l, const char *file, int64_t offset,
          int64_t length)
{
    JSONW_LITERAL(l->out, "\"file\":");
    jsonw_string(l->out, file);
    JSONW_LITERAL(l->out, ",\"offset\":");
    jsonw_int(l->out, offset);
    JSONW_LITERAL(l->out, ",\"length\":");
    jsonw_int(l->out, length);
}

void
line_put_warc(const struct line *l)
{
    const struct result *r = l->res;

    if (!r->warc_file) {
        line_put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{");
    put_place(l, r->warc_file, r->warc_offset, r->warc_length);
    JSONW_LITERAL(l->out, "}");
}

void
line_put_warc_payload(const struct line *l)
{
    const struct archived *a = l->res->archived;

    if (!a) {
        line_put_null(l);
        return;
    }
    JSONW_LITERAL(l->out, "{\"id\":");
    jsonw_string(l->out, a->id);
    JSONW_LITERAL(l->out, ",\"url\":");
    jsonw_string(l->out, a->url);
    JSONW_LITERAL(l->out, ",\"date\":");
    jsonw_string(l->out, a->date);
    JSONW_LITERAL(l->out, ",");
    put_place(l, a->file, a->offset, a->length);
    JSONW_LITERAL(l->out, "}");
}
