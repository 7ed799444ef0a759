server_start
jq -nc --arg url "$URL/echo" '
    {url: $url, method: "PUT", body: "h\u00e9llo",
     headers: {"X-One": "1", "X-Many": ["a", "b"], "Content-Type": "text/x"}},
    {url: $url, method: "DELETE"},
    {url: $url, body: "posted"}' >list
exits 0 ff --body list >out
norm out | jq -c '.body | fromjson | [.method, .body, .body_bytes]'
holds "each header once, with its value" out '
    sort_by(.index) | .[0].body | fromjson | .headers |
    map(select(.[0] | test("^(X-|Content-Type)"))) | sort ==
    [["Content-Type", "text/x"], ["X-Many", "a"], ["X-Many", "b"],
     ["X-One", "1"]]'
