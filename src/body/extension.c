#include "body/extension.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"

/* Longer suffixes are part of the name, not extensions. */
#define URL_EXT_MAX 8

struct type {
    const char *name;
    const char *ext;
};

/* Sorted by name.  Types that say nothing, such as application/octet-stream,
 * are left out: the URL may be more specific. */
static const struct type types[] = {
    {"application/atom+xml", ".xml"},
    {"application/ecmascript", ".js"},
    {"application/epub+zip", ".epub"},
    {"application/geo+json", ".geojson"},
    {"application/gzip", ".gz"},
    {"application/java-archive", ".jar"},
    {"application/javascript", ".js"},
    {"application/json", ".json"},
    {"application/jsonl", ".jsonl"},
    {"application/ld+json", ".jsonld"},
    {"application/manifest+json", ".json"},
    {"application/msword", ".doc"},
    {"application/ogg", ".ogg"},
    {"application/pdf", ".pdf"},
    {"application/postscript", ".ps"},
    {"application/rss+xml", ".xml"},
    {"application/rtf", ".rtf"},
    {"application/sql", ".sql"},
    {"application/vnd.ms-excel", ".xls"},
    {"application/vnd.ms-powerpoint", ".ppt"},
    {"application/vnd.oasis.opendocument.spreadsheet", ".ods"},
    {"application/vnd.oasis.opendocument.text", ".odt"},
    {"application/vnd.openxmlformats-officedocument."
     "presentationml.presentation",
     ".pptx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     ".xlsx"},
    {"application/vnd.openxmlformats-officedocument."
     "wordprocessingml.document",
     ".docx"},
    {"application/wasm", ".wasm"},
    {"application/x-7z-compressed", ".7z"},
    {"application/x-bzip2", ".bz2"},
    {"application/x-gzip", ".gz"},
    {"application/x-javascript", ".js"},
    {"application/x-ndjson", ".jsonl"},
    {"application/x-sh", ".sh"},
    {"application/x-tar", ".tar"},
    {"application/x-xz", ".xz"},
    {"application/x-yaml", ".yaml"},
    {"application/xhtml+xml", ".xhtml"},
    {"application/xml", ".xml"},
    {"application/yaml", ".yaml"},
    {"application/zip", ".zip"},
    {"application/zstd", ".zst"},
    {"audio/aac", ".aac"},
    {"audio/flac", ".flac"},
    {"audio/mp4", ".m4a"},
    {"audio/mpeg", ".mp3"},
    {"audio/ogg", ".ogg"},
    {"audio/wav", ".wav"},
    {"audio/webm", ".weba"},
    {"font/otf", ".otf"},
    {"font/ttf", ".ttf"},
    {"font/woff", ".woff"},
    {"font/woff2", ".woff2"},
    {"image/avif", ".avif"},
    {"image/bmp", ".bmp"},
    {"image/gif", ".gif"},
    {"image/heic", ".heic"},
    {"image/jpeg", ".jpg"},
    {"image/jpg", ".jpg"},
    {"image/png", ".png"},
    {"image/svg+xml", ".svg"},
    {"image/tiff", ".tif"},
    {"image/vnd.microsoft.icon", ".ico"},
    {"image/webp", ".webp"},
    {"image/x-icon", ".ico"},
    {"text/calendar", ".ics"},
    {"text/css", ".css"},
    {"text/csv", ".csv"},
    {"text/html", ".html"},
    {"text/javascript", ".js"},
    {"text/markdown", ".md"},
    {"text/plain", ".txt"},
    {"text/tab-separated-values", ".tsv"},
    {"text/vcard", ".vcf"},
    {"text/vtt", ".vtt"},
    {"text/xml", ".xml"},
    {"video/mp4", ".mp4"},
    {"video/mpeg", ".mpeg"},
    {"video/ogg", ".ogv"},
    {"video/quicktime", ".mov"},
    {"video/webm", ".webm"},
    {"video/x-msvideo", ".avi"},
};

/* A content type without its parameters. */
struct text {
    const char *s;
    size_t len;
};

static int
compare(const void *key, const void *row)
{
    const struct text *t = key;
    const struct type *type = row;
    int order = strncasecmp(t->s, type->name, t->len);

    return order != 0 ? order : type->name[t->len] == '\0' ? 0 : -1;
}

static bool
ends_with(const struct text *t, const char *end)
{
    size_t len = strlen(end);

    return t->len > len && strncasecmp(t->s + t->len - len, end, len) == 0;
}

/* The type's extension, or NULL. */
static const char *
by_type(const char *content_type)
{
    struct text t;
    const struct type *type;

    content_type += strspn(content_type, " \t");
    t = (struct text){content_type, strcspn(content_type, "; \t")};
    type = bsearch(&t, types, ARRAY_LEN(types), sizeof(types[0]), compare);
    if (type)
        return type->ext;
    if (ends_with(&t, "+json"))
        return ".json";
    return ends_with(&t, "+xml") ? ".xml" : NULL;
}

/* Take the extension from the last segment of the URL's path. */
static void
by_url(const char *url, char ext[EXTENSION_TEXT])
{
    const char *path = strstr(url, "://"), *end, *dot;
    size_t n = 0;

    path = path ? strpbrk(path + 3, "/?#") : NULL;
    if (!path || *path != '/')
        return;
    end = path + strcspn(path, "?#");
    for (dot = end; *dot != '.'; dot--)
        if (dot == path || *dot == '/')
            return;
    if (dot[-1] == '/' || end - dot - 1 > URL_EXT_MAX || end - dot < 2)
        return;
    ext[n++] = '.';
    for (const char *s = dot + 1; s < end; s++) {
        if (!ascii_is_alnum(*s)) {
            n = 0;
            break;
        }
        ext[n++] = ascii_lower(*s);
    }
    ext[n] = '\0';
}

void
extension_choose(const char *content_type, const char *url,
                 char ext[EXTENSION_TEXT])
{
    const char *known = content_type ? by_type(content_type) : NULL;

    ext[0] = '\0';
    if (known)
        snprintf(ext, EXTENSION_TEXT, "%s", known);
    else if (url)
        by_url(url, ext);
}
