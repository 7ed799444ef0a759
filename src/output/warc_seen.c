#include "output/warc_seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "body/digest.h"

/* Payloads that are known at once; and with URIs of that length at most, they
 * take 80 MB, with ordinary ones 15. */
#define SLOTS     65536
#define URI_BYTES 1024

/* The place of a payload is told by the first 16 bits of its hash. */
struct slot {
    char sha256[DIGEST_TEXT];
    struct warc_visit visit;
};

struct warc_seen {
    struct slot *slots[SLOTS];
};

struct warc_seen *
warc_seen_new(void)
{
    return xcalloc(1, sizeof(struct warc_seen));
}

void
warc_seen_free(struct warc_seen *s)
{
    for (size_t i = 0; s && i < SLOTS; i++) {
        if (s->slots[i])
            free(s->slots[i]->visit.uri);
        free(s->slots[i]);
    }
    free(s);
}

static size_t
place_of(const char *sha256)
{
    char digits[5] = {0};

    memcpy(digits, sha256, 4);
    return strtoul(digits, NULL, 16);
}

bool
warc_seen_find(const struct warc_seen *s, const char *sha256,
               struct warc_visit *visit)
{
    const struct slot *slot = s->slots[place_of(sha256)];

    if (!slot || strcmp(slot->sha256, sha256) != 0)
        return false;
    *visit = slot->visit;
    visit->uri = xstrdup(slot->visit.uri);
    return true;
}

void
warc_seen_add(struct warc_seen *s, const char *sha256,
              const struct warc_visit *visit)
{
    struct slot **at = &s->slots[place_of(sha256)];

    if (strlen(visit->uri) >= URI_BYTES)
        return;
    if (*at)
        free((*at)->visit.uri);
    else
        *at = xcalloc(1, sizeof(**at));
    memcpy((*at)->sha256, sha256, DIGEST_TEXT);
    (*at)->visit = *visit;
    (*at)->visit.uri = xstrdup(visit->uri);
}
