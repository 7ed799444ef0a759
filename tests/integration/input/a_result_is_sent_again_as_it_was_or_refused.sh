# A result line names what it lacks of its request, and such a line is refused
# as a record, unless --keep-request keeps the request.
server_start
cat >records <<JSON
{"url":"$URL/echo?n=0","json":{"a":1},"headers":{"X-Key":"secret"},"id":"a"}
{"url":"$URL/echo?n=1","body":"x=1","method":"PUT","meta":[1]}
{"url":"$URL/echo?n=2","body_base64":"/w=="}
{"url":"http://me:pw@127.0.0.1:$PORT/echo?n=3"}
$URL/echo?n=4
{"url":"$URL/echo?n=5","method":"HEAD","timeout":5}
$URL/echo?n=6
JSON
printf '%s/echo?n=7-\xff\n' "$URL" >>records
exits 0 ff --ordered --accept 200 -d data --include-headers --body records >first
holds "the result lists what is missing" first 'map(.request_omitted) == [["headers", "json"],
    ["body"], ["body_base64"], ["url"], null, null, null, ["url"]]'
server_reset
exits 1 ff --ordered --body first >second
holds "the line is refused, not sent in another way" second 'map(.error.code) ==
    ["request_incomplete", "request_incomplete", "request_incomplete",
    "request_incomplete", null, null, null, "request_incomplete"]'
holds "the refused line lists it again" second 'map(.request_omitted) == [["headers", "json"],
    ["body"], ["body_base64"], ["url"], null, null, null, ["url"]]'
same "no part of them was sent" "$(server_stats .requests)" 3
holds "the method stays" second '.[5].method == "HEAD"'

# sent: what /echo says that came, but for what changes from run to run.
sent() {
    jq -c 'select(.body) | .body |
        (fromjson? | {method, body, target: (.target | ascii_downcase),
            headers: (.headers | sort)}) // .' "$1"
}
exits 0 ff --ordered --keep-request --body records >first
holds "nothing is missing" first 'all(has("request") and
    (has("request_omitted") | not))'
from=first
for to in second third; do
    exits 0 ff --ordered --keep-request --body "$from" >"$to"
    from=$to
    same "the same requests" "$(sent $to)" "$(sent first)"
    same "id and meta" "$(jq -c '[.id, .meta]' $to)" "$(jq -c '[.id, .meta]' first)"
done

# A table's rows, too.
printf 'url,method,body\n%s,,\n%s,PATCH,b\xff\n' "$URL/echo" "$URL/echo" >table
exits 0 ff --ordered --keep-request --body --input-format csv table >first
exits 0 ff --ordered --body first >second
same "a table's" "$(sent second)" "$(sent first)"
