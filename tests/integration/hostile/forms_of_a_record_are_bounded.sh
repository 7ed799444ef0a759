# 1000 parts are sent, and more are an input error, however they are counted:
# libcurl needs much more memory for a part than the record has bytes for it.
server_start
# record FILTER: a request with that form.
record() {
    jq -nc --arg url "$URL/" "{url: \$url, form: ($1)}"
}
{
    record '{f: [range(1000) | "v"]}'
    record '{f: [range(1001) | "v"]}'
    record '[range(1001) | {key: "f\(.)", value: "v"}] | from_entries'
    record '{f: [range(600) | "v"], g: [range(600) | "v"]}'
    record '{f: [range(150000) | "v"]}'
} >requests
peak_of 1 requests >out
holds "verdicts" out '[sort_by(.index)[].error.code == "parts_too_many"] ==
    [false, true, true, true, true]'
holds "class" out 'map(select(.index > 0)) | all(.error.class == "input")'
sanitized || check "memory: $PEAK kB" test "$PEAK" -lt 65536
