server_start
jq -nc --arg url "$URL/echo" '
    {url: $url, method: "POST", body_base64: "AAH/"},
    {url: $url, method: "POST", json: {"a": [1, "\u00e9", null]}}' >list
exits 0 ff --body list >out
holds "bytes" out 'sort_by(.index)[0].body | fromjson | .body_base64 == "AAH/"'
holds "a value" out 'sort_by(.index)[1].body | fromjson | .body | fromjson ==
    {"a": [1, "\u00e9", null]}'
holds "with its type" out 'sort_by(.index)[1].body | fromjson | .headers |
    any(.[0] == "Content-Type" and .[1] == "application/json")'
