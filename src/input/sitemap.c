/*
 * expat stops at the end of an entry (XML_StopParser, resumable), so entries
 * are pulled one by one, whatever the size of the pieces.
 */
#include "input/sitemap.h"

#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/json_writer.h"
#include "base/span.h"
#include "body/codings.h"
#include "body/decode.h"

#define PIECE_BYTES (64 * 1024)

/* Limit on a text, and on what expat keeps while a tag is incomplete. */
#define TEXT_MAX (1024 * 1024)

#define DEPTH_MAX 100

/* Longer than any date. */
#define LASTMOD_MAX 64

enum field { FIELD_NONE, FIELD_LOC, FIELD_LASTMOD };

struct sitemap {
    XML_Parser xml;
    struct decode *gzip;
    bool is_fresh;     /* nothing was parsed yet */
    bool is_ended;     /* no more is read */
    bool is_suspended; /* at the end of an entry */
    bool is_over;      /* nothing more comes */
    const char *flaw;
    char in[PIECE_BYTES]; /* as read */
    const char *rest;     /* of it, not parsed yet */
    size_t rest_len;
    int64_t nparsed; /* bytes given to expat */

    unsigned depth;
    bool is_index;
    bool has_entry; /* one is complete */
    enum field field;
    uint64_t line; /* of the entry */
    struct buf loc, lastmod;
    struct buf record;
};

/* expat >= 2.9 deprecates the functions without "64", expat 2.5 has no
 * others. */
#if XML_MAJOR_VERSION > 2 || XML_MINOR_VERSION >= 9
#define LINE_OF   XML_GetCurrentLineNumber64
#define OFFSET_OF XML_GetCurrentByteIndex64
#else
#define LINE_OF   XML_GetCurrentLineNumber
#define OFFSET_OF XML_GetCurrentByteIndex
#endif

static void
stop(struct sitemap *s, const char *flaw)
{
    s->flaw = flaw;
    (void)XML_StopParser(s->xml, XML_FALSE);
}

static const char *
local_name(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon ? colon + 1 : name;
}

static void
start_root(struct sitemap *s, const char *name)
{
    s->is_index = strcmp(name, "sitemapindex") == 0;
    if (!s->is_index && strcmp(name, "urlset") != 0)
        stop(s, "it is no sitemap: the outermost element must be urlset or "
                "sitemapindex");
}

/* Handle urlset, url and loc.  Other elements are ignored, also those with the
 * same name in other elements (image:loc within image:image). */
static void XMLCALL
on_start(void *arg, const char *name, const char **attributes)
{
    struct sitemap *s = arg;

    (void)attributes;
    s->field = FIELD_NONE;
    s->depth++;
    if (s->depth == 1) {
        start_root(s, local_name(name));
    } else if (s->depth == 2) {
        buf_clear(&s->loc);
        buf_clear(&s->lastmod);
        s->line = LINE_OF(s->xml);
    } else if (s->depth == 3) {
        if (strcmp(local_name(name), "loc") == 0) {
            s->field = FIELD_LOC;
            buf_clear(&s->loc);
        } else if (strcmp(local_name(name), "lastmod") == 0) {
            s->field = FIELD_LASTMOD;
            buf_clear(&s->lastmod);
        }
    } else if (s->depth > DEPTH_MAX) {
        stop(s, "the elements are nested too deep");
    }
}

static void XMLCALL
on_end(void *arg, const char *name)
{
    struct sitemap *s = arg;
    const char *entry = s->is_index ? "sitemap" : "url";

    s->field = FIELD_NONE;
    s->depth--;
    if (s->depth != 1 || strcmp(local_name(name), entry) != 0)
        return;
    s->has_entry = true;
    (void)XML_StopParser(s->xml, XML_TRUE);
}

static void XMLCALL
on_text(void *arg, const char *text, int len)
{
    struct sitemap *s = arg;

    if (s->field == FIELD_NONE)
        return;
    if (s->field == FIELD_LASTMOD) {
        if (s->lastmod.len + (size_t)len <= LASTMOD_MAX)
            buf_add(&s->lastmod, text, (size_t)len);
    } else if (s->loc.len + (size_t)len > TEXT_MAX) {
        stop(s, "a URL is over 1 MiB");
    } else {
        buf_add(&s->loc, text, (size_t)len);
    }
}

/* Refuse entities: no sitemap needs them, and a few can expand to gigabytes. */
static void XMLCALL
on_entity(void *arg, const char *name, int is_parameter, const char *value,
          int len, const char *base, const char *system_id,
          const char *public_id, const char *notation)
{
    (void)name, (void)is_parameter, (void)value, (void)len, (void)base;
    (void)system_id, (void)public_id, (void)notation;
    stop(arg, "it declares entities, which are not read");
}

struct sitemap *
sitemap_new(void)
{
    static const XML_Memory_Handling_Suite memory = {xmalloc, xrealloc, free};
    struct sitemap *s = xcalloc(1, sizeof(*s));

    s->xml = XML_ParserCreate_MM(NULL, &memory, NULL);
    if (!s->xml)
        alloc_failed();
    s->is_fresh = true;
    s->rest = s->in;
    XML_SetUserData(s->xml, s);
    XML_SetElementHandler(s->xml, on_start, on_end);
    XML_SetCharacterDataHandler(s->xml, on_text);
    XML_SetEntityDeclHandler(s->xml, on_entity);
    return s;
}

void
sitemap_free(struct sitemap *s)
{
    if (!s)
        return;
    XML_ParserFree(s->xml);
    decode_free(s->gzip);
    buf_fini(&s->loc);
    buf_fini(&s->lastmod);
    buf_fini(&s->record);
    free(s);
}

char *
sitemap_space(struct sitemap *s, size_t *size)
{
    *size = sizeof(s->in) - s->rest_len;
    memmove(s->in, s->rest, s->rest_len);
    s->rest = s->in;
    return s->in + s->rest_len;
}

void
sitemap_filled(struct sitemap *s, size_t n)
{
    s->rest_len += n;
}

void
sitemap_end(struct sitemap *s)
{
    s->is_ended = true;
}

/* ------------------------------------------------------------- parsing */

static struct decode *
gzip_new(void)
{
    struct codings gzip = {0};
    struct decode *u;

    codings_add(&gzip, "gzip", 4);
    if (decode_new(&gzip, NULL, &u) != 0)
        u = NULL;
    codings_fini(&gzip);
    return u;
}

/* Look at the first bytes for gzip.  White space before the XML, which expat
 * refuses, is dropped.  Returns false if more bytes are needed. */
static bool
begin(struct sitemap *s)
{
    struct span left = {s->rest, s->rest_len};

    while (left.len > 0 && ascii_is_white(left.p[0])) {
        left.p++;
        left.len--;
    }
    s->rest = left.p;
    s->rest_len = left.len;
    if (left.len < 2 && !s->is_ended)
        return false;
    s->is_fresh = false;
    if (left.len >= 2 && memcmp(left.p, "\x1f\x8b", 2) == 0)
        s->gzip = gzip_new();
    return true;
}

/* Fill expat's buffer.  Returns how much was added, or -1 if the gzip data is
 * invalid. */
static int
fill(struct sitemap *s)
{
    char *to = XML_GetBuffer(s->xml, PIECE_BYTES);
    size_t n = s->rest_len;

    if (!to)
        alloc_failed();
    if (s->gzip) {
        int64_t work = INT64_MAX; /* linear in the size of the file */
        int got = decode_read(s->gzip, &s->rest, &s->rest_len, to, PIECE_BYTES,
                              &work);

        if (got == 0)
            s->rest_len = 0; /* behind the end */
        return got;
    }
    memcpy(to, s->rest, n);
    s->rest_len = 0;
    return (int)n;
}

/* Describe expat's error. */
static void
set_flaw(struct sitemap *s)
{
    if (s->flaw)
        return;
    s->flaw = s->gzip && !decode_is_complete(s->gzip)
                  ? "the gzip is cut off"
                  : XML_ErrorString(XML_GetErrorCode(s->xml));
}

static void
take_status(struct sitemap *s, enum XML_Status status)
{
    s->is_suspended = status == XML_STATUS_SUSPENDED;
    if (status == XML_STATUS_ERROR)
        set_flaw(s);
    else if (!s->is_suspended && s->nparsed - OFFSET_OF(s->xml) > TEXT_MAX)
        s->flaw = "a tag or a comment is over 1 MiB";
}

/* Parse some more. */
static enum sitemap_status
advance(struct sitemap *s)
{
    int n;
    bool is_last;

    if (s->is_fresh && !begin(s))
        return SITEMAP_MORE;
    if (s->rest_len == 0 && !s->is_ended && !s->gzip)
        return SITEMAP_MORE;
    n = fill(s);
    if (n < 0) {
        s->flaw = "the gzip cannot be decoded";
        return SITEMAP_AGAIN;
    }
    if (n == 0 && s->rest_len == 0 && !s->is_ended)
        return SITEMAP_MORE;
    is_last = s->is_ended && s->rest_len == 0 && (n == 0 || !s->gzip);
    s->nparsed += n;
    s->is_over = is_last;
    take_status(s, XML_ParseBuffer(s->xml, n, is_last));
    return SITEMAP_AGAIN;
}

/* ------------------------------------------------------------- entries */

static void
add_member(struct buf *out, const char *key, const struct buf *text)
{
    struct span value = span_trim((struct span){text->data, text->len});

    buf_addstr(out, key);
    jsonw_string_n(out, value.p, value.len);
}

static void
write_entry(struct sitemap *s, struct sitemap_entry *e)
{
    struct buf *out = &s->record;
    bool has_date = s->lastmod.len > 0;

    buf_clear(out);
    add_member(out, "{\"url\":", &s->loc);
    if (has_date || s->is_index)
        buf_addstr(out, ",\"meta\":{");
    if (has_date)
        add_member(out, "\"lastmod\":", &s->lastmod);
    if (s->is_index)
        buf_addstr(out, has_date ? ",\"sitemap\":true" : "\"sitemap\":true");
    buf_addstr(out, has_date || s->is_index ? "}}" : "}");
    s->has_entry = false;
    *e = (struct sitemap_entry){out->data, out->len, s->line, NULL};
}

enum sitemap_status
sitemap_next(struct sitemap *s, struct sitemap_entry *e)
{
    enum sitemap_status status = SITEMAP_AGAIN;

    if (s->has_entry) {
        write_entry(s, e);
        return SITEMAP_RECORD;
    }
    if (s->flaw)
        status = SITEMAP_RECORD;
    else if (s->is_suspended)
        take_status(s, XML_ResumeParser(s->xml));
    else if (s->is_over)
        return SITEMAP_END;
    else
        status = advance(s);
    if (!s->flaw || s->has_entry)
        return status;
    *e = (struct sitemap_entry){"", 0, LINE_OF(s->xml), s->flaw};
    s->flaw = NULL;
    s->is_suspended = false;
    s->is_over = true;
    return SITEMAP_RECORD;
}
