#include "output/warc_seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/clock.h"
#include "body/digest.h"
#include "job/result.h"

/* The most payloads known at once.  They take 20 MB with ordinary URLs, and 90
 * MB with the longest. */
#define SLOTS      65536
#define TEXT_BYTES 1024

/* A payload's slot is chosen by the first 16 bits of its hash. */
struct slot {
    char sha256[DIGEST_TEXT];
    char id[WARC_ID], date[CLOCK_TEXT];
    int64_t offset, length;
    char text[]; /* the URL, NUL, the file's name, NUL */
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
    for (size_t i = 0; s && i < SLOTS; i++)
        free(s->slots[i]);
    free(s);
}

static size_t
place_of(const char *sha256)
{
    char digits[5] = {0};

    memcpy(digits, sha256, 4);
    return strtoul(digits, NULL, 16);
}

const struct archived *
warc_seen_find(const struct warc_seen *s, const char *sha256, struct arena *mem)
{
    const struct slot *slot = s->slots[place_of(sha256)];
    struct archived *a;

    if (!slot || strcmp(slot->sha256, sha256) != 0)
        return NULL;
    a = arena_alloc(mem, sizeof(*a));
    *a = (struct archived){
        .id = arena_strdup(mem, slot->id),
        .url = arena_strdup(mem, slot->text),
        .date = arena_strdup(mem, slot->date),
        .file = arena_strdup(mem, slot->text + strlen(slot->text) + 1),
        .offset = slot->offset,
        .length = slot->length,
    };
    return a;
}

void
warc_seen_add(struct warc_seen *s, const char *sha256,
              const struct archived *record)
{
    struct slot **at = &s->slots[place_of(sha256)], *slot;
    size_t url = strlen(record->url) + 1, file = strlen(record->file) + 1;

    if (url + file > TEXT_BYTES)
        return;
    free(*at);
    *at = slot = xmalloc(sizeof(*slot) + url + file);
    memcpy(slot->sha256, sha256, sizeof(slot->sha256));
    memcpy(slot->id, record->id, sizeof(slot->id));
    memcpy(slot->date, record->date, sizeof(slot->date));
    slot->offset = record->offset;
    slot->length = record->length;
    memcpy(slot->text, record->url, url);
    memcpy(slot->text + url, record->file, file);
}
