#include "output/schema.h"

#include <string.h>

#include "base/buf.h"
#include "job/result.h"
#include "output/result_line.h"

/* Definitions used by several keys. */
#define REF(name) "{\"$ref\":\"#/$defs/" name "\"}"

#define ANY      "true"
#define COUNT    REF("count")
#define COUNT_   "{\"type\":[\"integer\",\"null\"],\"minimum\":0}"
#define SECONDS  REF("seconds")
#define SECONDS_ "{\"type\":[\"number\",\"null\"],\"minimum\":0}"
#define STRING   "{\"type\":\"string\"}"
#define STRING_  "{\"type\":[\"string\",\"null\"]}"
#define BOOL     "{\"type\":\"boolean\"}"
#define BOOL_    "{\"type\":[\"boolean\",\"null\"]}"
#define STATUS_                                                                \
    "{\"type\":[\"integer\",\"null\"],\"minimum\":100,\"maximum\":999}"
#define MOMENT_ REF("moment_or_null")
#define SHA256_                                                                \
    "{\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9a-f]{64}$\"}"

/* An object with all its members. */
#define OBJECT(type, required, members)                                        \
    "{\"type\":" type ",\"required\":[" required "],\"properties\":{" members  \
    "}}"
#define NULLABLE "[\"object\",\"null\"]"

#define ERROR_                                                                 \
    OBJECT(                                                                    \
        NULLABLE,                                                              \
        "\"class\",\"code\",\"phase\",\"message\",\"retryable\","              \
        "\"curl_code\",\"os_errno\"",                                          \
        "\"class\":" REF("error_class") ",\"code\":" STRING ",\"phase\":" REF( \
            "phase") ",\"message\":" STRING ",\"retryable\":" BOOL             \
                     ",\"curl_code\":" COUNT ",\"os_errno\":" COUNT_)

#define TIMING_                                                                \
    OBJECT(                                                                    \
        NULLABLE, "\"dns\",\"connect\",\"tls\",\"send\",\"wait\",\"receive\"", \
        "\"dns\":" SECONDS_ ",\"connect\":" SECONDS_ ",\"tls\":" SECONDS_      \
        ",\"send\":" SECONDS_ ",\"wait\":" SECONDS_ ",\"receive\":" SECONDS_)

#define HOP                                                                    \
    OBJECT("\"object\"",                                                       \
           "\"url\",\"status_code\",\"location\",\"remote_ip\","               \
           "\"time_total\"",                                                   \
           "\"url\":" STRING_ ",\"status_code\":" STATUS_                      \
           ",\"location\":" STRING_ ",\"remote_ip\":" STRING_                  \
           ",\"time_total\":" SECONDS_)

#define ATTEMPT                                                                \
    OBJECT(                                                                    \
        "\"object\"",                                                          \
        "\"status_code\",\"error_class\",\"retry_after\",\"waited\","          \
        "\"time_total\"",                                                      \
        "\"status_code\":" STATUS_ ",\"error_class\":{\"anyOf\":[" REF(        \
            "error_class") ",{\"type\":\"null\"}]},\"retry_after\":" SECONDS_  \
                           ",\"waited\":" SECONDS ",\"time_total\":" SECONDS_)

#define TLS_                                                                   \
    OBJECT(NULLABLE,                                                           \
           "\"version\",\"cipher\",\"alpn\",\"verified\",\"subject\","         \
           "\"issuer\",\"not_after\",\"sha256\"",                              \
           "\"version\":" STRING_ ",\"cipher\":" STRING_ ",\"alpn\":" STRING_  \
           ",\"verified\":" BOOL ",\"subject\":" STRING_                       \
           ",\"issuer\":" STRING_ ",\"not_after\":" MOMENT_                    \
           ",\"sha256\":" SHA256_)

#define HEADERS_                                                               \
    "{\"type\":[\"object\",\"null\"],\"propertyNames\":{\"pattern\":"          \
    "\"^[^A-Z]*$\"},\"additionalProperties\":{\"type\":\"array\","             \
    "\"items\":" STRING "}}"

#define WARC_                                                                  \
    OBJECT(NULLABLE, "\"file\",\"offset\",\"length\"",                         \
           "\"file\":" STRING ",\"offset\":" COUNT ",\"length\":" COUNT)

#define WARC_PAYLOAD_                                                          \
    OBJECT(NULLABLE, "\"id\",\"url\",\"date\",\"file\",\"offset\",\"length\"", \
           "\"id\":" STRING ",\"url\":" STRING ",\"date\":" STRING             \
           ",\"file\":" STRING ",\"offset\":" COUNT ",\"length\":" COUNT)

/* A key of the result line and the schema of its value. */
static const struct {
    const char *key, *type;
} types[] = {
    {"index", COUNT},
    {"id", ANY},
    {"meta", ANY},
    {"duplicate_of", COUNT},
    {"url", STRING_},
    {"url_effective", STRING_},
    {"method", STRING_},
    {"request", "{\"type\":\"object\"}"},
    {"request_omitted", "{\"type\":\"array\",\"items\":" STRING "}"},
    {"request_hash", STRING},
    {"ok", BOOL},
    {"status_code", STATUS_},
    {"error", ERROR_},
    {"attempts", COUNT},
    {"num_redirects", COUNT},
    {"http_version", "{\"enum\":[\"1.0\",\"1.1\",\"2\",\"3\",null]}"},
    {"remote_ip", STRING_},
    {"remote_port",
     "{\"type\":[\"integer\",\"null\"],\"minimum\":1,\"maximum\":65535}"},
    {"connection_reused", BOOL_},
    {"content_type", STRING_},
    {"content_length", COUNT_},
    {"content_encoding", STRING},
    {"size_download", COUNT},
    {"size_body", COUNT},
    {"started_at", MOMENT_},
    {"time_queue", SECONDS},
    {"time_total", SECONDS_},
    {"elapsed", SECONDS},
    {"timing", TIMING_},
    {"headers", HEADERS_},
    {"redirects", "{\"type\":\"array\",\"items\":" HOP "}"},
    {"attempts_log", "{\"type\":\"array\",\"items\":" ATTEMPT "}"},
    {"tls", TLS_},
    {"body", STRING_},
    {"body_base64", "{\"type\":\"string\",\"contentEncoding\":\"base64\","
                    "\"pattern\":\"^[A-Za-z0-9+/]*={0,2}$\"}"},
    {"body_json", ANY},
    {"body_path", STRING_},
    {"body_truncated", BOOL},
    {"skipped", BOOL},
    {"continued_from", COUNT},
    {"change", "{\"enum\":[\"new\",\"changed\",\"unchanged\",null]}"},
    {"etag", STRING_},
    {"last_modified", STRING_},
    {"url_earlier", STRING_},
    {"size_earlier", COUNT_},
    {"status_earlier", STATUS_},
    {"sha256", SHA256_},
    {"warc", WARC_},
    {"warc_payload", WARC_PAYLOAD_},
};

static const char head[] =
    "{\n"
    "  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
    "  \"$id\": \"urn:fanfetch:result-line\",\n"
    "  \"title\": \"A result line of fanfetch\",\n"
    "  \"description\": \"One line per record.  With --fields it has those "
    "keys alone; keys may be added in later versions.  The summary is "
    "#/$defs/summary.\",\n"
    "  \"type\": \"object\",\n";

#define MOMENT                                                                 \
    "\"format\": \"date-time\", \"pattern\": "                                 \
    "\"^[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$"   \
    "\"}"

static const char defs[] =
    "  \"$defs\": {\n"
    "    \"count\": {\"type\": \"integer\", \"minimum\": 0},\n"
    "    \"seconds\": {\"type\": \"number\", \"minimum\": 0},\n"
    "    \"moment\": {\"type\": \"string\", " MOMENT ",\n"
    "    \"moment_or_null\": {\"type\": [\"string\", \"null\"], " MOMENT ",\n";

const char *
schema_type(const char *key, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (strlen(types[i].key) == len && memcmp(types[i].key, key, len) == 0)
            return types[i].type;
    return NULL;
}

/* The keys that each line has. */
static void
add_required(struct buf *out)
{
    struct result_line_key key;

    buf_addstr(out, "  \"required\": [");
    for (size_t i = 0, n = 0; result_line_key(i, &key); i++)
        if (key.is_core)
            buf_printf(out, "%s\"%.*s\"", n++ ? ", " : "", (int)key.len,
                       key.name);
    buf_addstr(out, "],\n");
}

static void
add_properties(struct buf *out)
{
    struct result_line_key key;

    buf_addstr(out, "  \"properties\": {\n");
    for (size_t i = 0; result_line_key(i, &key); i++) {
        const char *type = schema_type(key.name, key.len);

        buf_printf(out, "%s    \"%.*s\": %s", i > 0 ? ",\n" : "", (int)key.len,
                   key.name, type ? type : ANY);
    }
    buf_addstr(out, "\n  },\n");
}

static void
add_classes(struct buf *out)
{
    buf_addstr(out, "    \"error_class\": {\"enum\": [");
    for (int i = ERR_NONE + 1; i <= ERR_ABORTED; i++)
        buf_printf(out, "%s\"%s\"", i > ERR_NONE + 1 ? ", " : "",
                   result_class_name((enum error_class)i));
    buf_addstr(out, "]},\n");
}

static void
add_phases(struct buf *out)
{
    buf_addstr(out, "    \"phase\": {\"enum\": [");
    for (int i = PHASE_INPUT; i <= PHASE_WRITE; i++)
        buf_printf(out, "%s\"%s\"", i > PHASE_INPUT ? ", " : "",
                   result_phase_name((enum phase)i));
    buf_addstr(out, "]},\n");
}

void
schema_write(struct buf *out, const char *summary)
{
    buf_addstr(out, head);
    add_required(out);
    add_properties(out);
    buf_addstr(out, defs);
    add_classes(out);
    add_phases(out);
    buf_printf(out, "    \"summary\": %s\n  }\n}\n", summary);
}
