server_start
jq -nc --arg url "$URL/delay/1500" '{url: $url, timeout: 0.3}, {url: $url}' \
    >list
exits 1 ff -m 20 list >out
holds "only the first times out" out '
    sort_by(.index) | .[1].ok and
    (.[0].error | .class == "timeout" and .code == "total")'
