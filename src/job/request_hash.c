/*
 * SipHash-2-4 with 128 bits and a key of zeros, over each header in the order
 * of the record ('h', name in lower case, value) and the body ('b' with the
 * kind of enum body_kind as a digit, bytes), the file of body_file ('f', path)
 * and each part of a form ('p', name, value, path, type, file name).  Each text
 * has its length before it, 8 bytes, the lowest first.
 *
 * A change of this makes every --resume fetch such records again: things may
 * be added for requests that could not be made before, and nothing else.
 */
#include "job/request_hash.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/siphash.h"
#include "job/form.h"
#include "job/job.h"

/*
 * Is the header's value left out?  The list must never change, since hashes of
 * earlier versions would no longer match.
 */
static bool
is_secret(const char *name)
{
    static const char *const names[] = {
        "authorization",       "cookie",        "cookie2",
        "proxy-authorization", "api-key",       "apikey",
        "x-api-key",           "x-auth-token",  "x-access-token",
        "x-csrf-token",        "private-token", "x-amz-security-token",
    };

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcasecmp(name, names[i]) == 0)
            return true;
    return false;
}

static void
add(struct buf *text, const char *s, size_t len)
{
    for (unsigned shift = 0; shift < 64; shift += 8)
        buf_addc(text, (char)((uint64_t)len >> shift & 0xff));
    if (len > 0)
        buf_add(text, s, len);
}

/* The case of a header's name does not matter. */
static void
add_header(struct buf *text, const struct header *h, bool has_value)
{
    size_t len = strlen(h->name);
    char *name;

    buf_addc(text, 'h');
    add(text, h->name, len);
    name = text->data + text->len - len;
    for (size_t i = 0; i < len; i++)
        name[i] = (char)tolower((unsigned char)name[i]);
    add(text, h->value, has_value ? strlen(h->value) : 0);
}

static void
add_string(struct buf *text, const char *s)
{
    add(text, s, s ? strlen(s) : 0);
}

static void
add_part(struct buf *text, const struct form_part *part)
{
    buf_addc(text, 'p');
    add_string(text, part->name);
    add(text, part->value, part->value_len);
    add_string(text, part->path);
    add_string(text, part->type);
    add_string(text, part->filename);
}

void
request_hash_text(struct buf *text, const struct request *req, bool has_secrets)
{
    for (const struct header *h = req->headers; h; h = h->next)
        add_header(text, h, has_secrets || !is_secret(h->name));
    if (req->body_kind != BODY_NONE) {
        buf_addc(text, 'b');
        buf_addc(text, (char)('0' + req->body_kind));
        add(text, req->body, req->body_len);
    }
    if (req->body_file) {
        buf_addc(text, 'f');
        add_string(text, req->body_file);
    }
    for (const struct form_part *part = req->form; part; part = part->next)
        add_part(text, part);
}

const char *
request_hash(const struct request *own, struct arena *mem)
{
    static const struct siphash_key key = {{0, 0}};
    struct buf text = BUF_INIT;
    struct siphash_hash hash;

    if (!own->headers && own->body_kind == BODY_NONE)
        return NULL;
    request_hash_text(&text, own, false);
    hash = siphash_hash(&key, text.data, text.len);
    buf_fini(&text);
    return arena_printf(mem, "%016" PRIx64 "%016" PRIx64, hash.word[0],
                        hash.word[1]);
}
