/*
 * summary_schema.c - the JSON Schema of what summary_write_json() writes.
 */
#include "report/summary.h"

#define COUNT   "{\"$ref\":\"#/$defs/count\"}"
#define SECONDS "{\"$ref\":\"#/$defs/seconds\"}"
#define MOMENT  "{\"$ref\":\"#/$defs/moment\"}"

#define TIMES                                                                  \
    "{\"type\":[\"object\",\"null\"],\"required\":[\"min\",\"p50\",\"p90\","   \
    "\"p95\",\"p99\",\"max\"],\"additionalProperties\":" SECONDS "}"

#define HOST_TIMES                                                             \
    "{\"type\":[\"object\",\"null\"],\"required\":[\"mean\",\"max\"],"         \
    "\"additionalProperties\":" SECONDS "}"

#define HOSTS                                                                  \
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":["        \
    "\"host\",\"records\",\"ok\",\"failed\",\"size_download\","                \
    "\"time_total\",\"records_missed\"],\"properties\":{"                      \
    "\"host\":{\"type\":\"string\"},\"records\":" COUNT ",\"ok\":" COUNT       \
    ",\"failed\":" COUNT ",\"size_download\":" COUNT                           \
    ",\"time_total\":" HOST_TIMES ",\"records_missed\":" COUNT "}}}"

const char summary_schema[] =
    "{\n"
    "      \"title\": \"The summary of a run of fanfetch\",\n"
    "      \"type\": \"object\",\n"
    "      \"required\": [\"records\", \"ok\", \"failed\", \"not_sent\", "
    "\"skipped\", \"status_codes\", \"error_classes\", \"attempts\", "
    "\"num_redirects\", \"size_download\", \"size_body\", \"time_total\", "
    "\"time_queue\", \"connections_opened\", \"connections_reused\", "
    "\"limit\", \"limit_is_auto\", \"limit_held_up\", \"started_at\", "
    "\"ended_at\", \"elapsed\", \"records_per_second\", "
    "\"hosts\", \"hosts_failing\", \"hosts_slowest\", \"hosts_exact\"],\n"
    "      \"properties\": {\n"
    "        \"records\": " COUNT ",\n"
    "        \"ok\": " COUNT ",\n"
    "        \"failed\": " COUNT ",\n"
    "        \"not_sent\": " COUNT ",\n"
    "        \"skipped\": " COUNT ",\n"
    "        \"status_codes\": {\"type\":\"object\",\"propertyNames\":"
    "{\"pattern\":\"^[1-9][0-9][0-9]$\"},\"additionalProperties\":" COUNT "},\n"
    "        \"error_classes\": {\"type\":\"object\",\"propertyNames\":"
    "{\"$ref\":\"#/$defs/error_class\"},\"additionalProperties\":" COUNT "},\n"
    "        \"new\": " COUNT ",\n"
    "        \"changed\": " COUNT ",\n"
    "        \"unchanged\": " COUNT ",\n"
    "        \"bytes_saved\": " COUNT ",\n"
    "        \"attempts\": " COUNT ",\n"
    "        \"num_redirects\": " COUNT ",\n"
    "        \"size_download\": " COUNT ",\n"
    "        \"size_body\": " COUNT ",\n"
    "        \"time_total\": " TIMES ",\n"
    "        \"time_queue\": " TIMES ",\n"
    "        \"connections_opened\": " COUNT ",\n"
    "        \"connections_reused\": " COUNT ",\n"
    "        \"limit\": " COUNT ",\n"
    "        \"limit_is_auto\": {\"type\":\"boolean\"},\n"
    "        \"limit_held_up\": {\"type\":\"number\",\"minimum\":0,"
    "\"maximum\":1},\n"
    "        \"started_at\": " MOMENT ",\n"
    "        \"ended_at\": " MOMENT ",\n"
    "        \"elapsed\": " SECONDS ",\n"
    "        \"records_per_second\": {\"type\":\"number\",\"minimum\":0},\n"
    "        \"hosts\": " HOSTS ",\n"
    "        \"hosts_failing\": " HOSTS ",\n"
    "        \"hosts_slowest\": " HOSTS ",\n"
    "        \"hosts_exact\": {\"type\":\"boolean\"}\n"
    "      }\n"
    "    }";
