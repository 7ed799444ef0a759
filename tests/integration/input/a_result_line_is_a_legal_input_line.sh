# Results with temporary errors are fed straight back, and keep their ids.
server_start
jq -nc --arg u "$URL" '{url: ($u + "/flaky?status=503&times=1&key=a"),
    id: 12345678901234567890, meta: {"a": [1, {"b": null}]}},
    {url: ($u + "/status/404"), id: "x"}, {url: ($u + "/"), id: [1]}' >list
exits 1 ff --body --include-headers list >first
jq -c 'select(.error.retryable)' first >again
same "one of three" "$(wc -l <again)" 1
exits 0 ff again >second
holds "the record is ok now" second '.[0].ok and .[0].meta == {"a": [1, {"b": null}]}'
# Headers and body of the response are not sent, whatever --fields has left.
for fields in url,error,headers,body url,method,headers,body,sha256 \
    url,body url,headers,meta ''; do
    exits 1 ff --body --include-headers --sha256 ${fields:+"--fields=$fields"} \
        "$URL/status/404?header=X-Response:1" >first
    sed 's|/status/404|/echo|' first >again
    exits 0 ff --body=json again >second
    holds "a plain GET ($fields)" second '.[0].body_json | .method == "GET" and
        .body == "" and (.headers | map(.[0]) | index("X-Response") | not)'
done
# All keys that a result can have.
exits 0 ff --unique --body --include-headers --redirects --attempts \
    --tls-info --sha256 --truncate 1 --output-dir bodies "$URL/" "$URL/" >first
exits 0 ff first >second
holds "both are legal" second 'length == 2 and all(.ok)'
# Hidden secrets are not known any more, and are not invented.
exits 0 ff --default-scheme http "http://u:p@127.0.0.1:$PORT/" - \
    <<<"u:p@127.0.0.1:$PORT/" >first
server_reset
exits 1 ff --default-scheme http first >second
holds "refused" second 'all(.error.code == "request_incomplete")'
same "nothing is sent" "$(server_stats .requests)" 0
# Keys that --fields leaves out are missing, too: a POST does not become a GET.
jq -nc --arg u "$URL/echo" '{url: $u, method: "POST"}, {url: $u, method: "GET"},
    {url: $u, headers: {"X-A": "1"}}, $u' | tee list | sed '4s/"//g' >list.4
exits 0 ff --ordered --keep-request --fields url,status_code list.4 >first
same "told where it matters" "$(jq -c .request_omitted first | paste -sd ' ')" \
    '["method"] null ["headers"] null'
server_reset
exits 1 ff first >second
holds "two are sent" second 'map(.error.code) | sort ==
    [null, null, "request_incomplete", "request_incomplete"]'
same "as GET" "$(server_log 'select(.event == "request").method' | sort -u)" \
    '"GET"'
exits 0 ff --fields url,method list.4 >first
same "nothing is added without need" "$(head -qn 1 first | jq -c keys)" \
    '["method","url"]'
