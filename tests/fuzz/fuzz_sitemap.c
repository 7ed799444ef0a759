/*
 * Any bytes as a sitemap, in pieces whose size the first byte tells: never a
 * crash, it comes to an end, and an entry is a JSON object.
 */
#include "fuzz.h"

#include <string.h>

#include "base/json_reader.h"
#include "input/sitemap.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sitemap *s;
    struct sitemap_entry e;
    enum sitemap_status status;
    size_t piece, space;

    if (size == 0)
        return 0;
    s = sitemap_new();
    piece = 1 + (size_t)data[0] * 16;
    data++;
    size--;
    while ((status = sitemap_next(s, &e)) != SITEMAP_END) {
        struct span_flaw flaw;

        if (status == SITEMAP_RECORD)
            check(e.flaw || span_is_json((struct span){e.text, e.len}, &flaw));
        if (status != SITEMAP_MORE)
            continue;
        char *to = sitemap_space(s, &space);
        if (size == 0) {
            sitemap_end(s);
            continue;
        }
        space = space < piece ? space : piece;
        space = space < size ? space : size;
        memcpy(to, data, space);
        sitemap_filled(s, space);
        data += space;
        size -= space;
    }
    sitemap_free(s);
    return 0;
}
