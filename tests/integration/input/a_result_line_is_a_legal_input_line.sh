# What failed in a way that may pass is fed straight back, and keeps its id.
server_start
jq -nc --arg u "$URL" '{url: ($u + "/flaky?status=503&times=1&key=a"),
    id: 12345678901234567890, meta: {"a": [1, {"b": null}]}},
    {url: ($u + "/status/404"), id: "x"}, {url: ($u + "/"), id: [1]}' >list
exits 1 ff --body --include-headers list >first
jq -c 'select(.error.retryable)' first >again
same "one of three" "$(wc -l <again)" 1
exits 0 ff again >second
holds "it is ok now" second '.[0].ok and .[0].meta == {"a": [1, {"b": null}]}'
