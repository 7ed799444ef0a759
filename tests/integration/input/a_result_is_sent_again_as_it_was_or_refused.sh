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

# Without "request", request_hash tells that there is more than the line shows.
jq -c 'del(.request)' first >removed
exits 1 ff --ordered removed >second
holds "it is refused, and its result is refused, too" second \
    'map(.request_omitted) == [["request"], ["request"], ["request"], ["url"],
    null, null, null, null]'

# A table's rows, too.
printf 'url,method,body\n%s,,\n%s,PATCH,b\xff\n' "$URL/echo" "$URL/echo" >table
exits 0 ff --ordered --keep-request --body --input-format csv table >first
exits 0 ff --ordered --body first >second
same "a table's" "$(sent second)" "$(sent first)"

# The result of a record that was refused is refused, too: it does not show what
# was wrong.
long=$(printf '%01100000d' 0)
cat >records <<JSON
{"url":"$URL/echo?n=0","method":"DELETE","foo":1}
{"url":"$URL/echo?n=1","url":"$URL/echo?n=2"}
{"url":"$URL/echo?n=3","method":"G T"}
{"url":"$URL/echo?n=4","method":5}
{"url":"$URL/echo?n=5","timeout":-1}
{"url":"$URL/echo?n=6","request":1}
{"url":"$URL/echo?n=7","headers":{"a b":"c"},"body":"x"}
$URL/echo?n=8	$URL
$URL/echo?n=$long
JSON
exits 1 ff --ordered records >first
holds "methods are those asked for" first 'map(.method) ==
    ["DELETE", "GET", "GET", "GET", "GET", "GET", "POST", "GET", "GET"]'
holds "something is missing" first 'map(.request_omitted) == [["request"], ["request"],
    ["request"], ["request"], ["request"], ["request"], ["headers", "body", "request"],
    ["url"], ["url"]]'
exits 1 ff --ordered --keep-request records >kept
holds "the unusable is not kept" kept 'map(has("request")) ==
    [false, false, true, true, true, false, true, false, false]'
server_reset
for list in first kept; do
    exits 1 ff --ordered --keep-request $list >second
    holds "refused again" second 'map(.error.class) == [range(9) | "input"]'
done
holds "for the same reason" second 'map(.error.code)[2:5] ==
    ["method_invalid", "value_invalid", "value_invalid"]'
same "nothing is sent" "$(server_stats .requests)" 0
mkdir files && echo abc >files/a
echo "{\"url\":\"$URL/echo\",\"body_file\":\"a\"}" >records
exits 1 ff -T records --keep-request records >first
exits 0 ff --allow-files files --body=json first >second
holds "sent as it was asked for" second '.[0].body_json | .method == "POST" and
    .body == "abc\n"'
holds "with a body of its own" second '.[0].request_omitted == ["body_file"]'
