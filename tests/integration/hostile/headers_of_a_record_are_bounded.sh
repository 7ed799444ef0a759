# 1000 values are sent; more of them, or more than 256 KiB, are an input error.
server_start

# record N SIZE: a request with N values of one header.
record() {
    jq -nc --arg url "$URL/" --argjson n "$1" --argjson size "$2" \
        '{url: $url, headers: {X: [range($n) | "v" * $size]}}'
}

{
    record 1000 2
    record 1001 2
    record 100000 3
    record 900 300
} >requests
exits 1 ff requests >out
holds "verdicts" out '[sort_by(.index)[].error.code == "headers_too_many"] ==
    [false, true, true, true]'
holds "class" out 'map(select(.index > 0)) | all(.error.class == "input")'
