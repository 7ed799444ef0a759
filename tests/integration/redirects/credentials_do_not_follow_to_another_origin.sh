# Credentials go neither to another host nor to another port of the same one.
# The first origin gets them.
server_start
other=$PORT
server_start
target=http://hugo:sesame@127.0.0.1:$PORT/redirect-to
headers='{"Authorization": "Bearer token", "Cookie": "a=1", "X-Own": "1",
    "Proxy-Authorization": "Basic x"}'
for to in "$URL2/echo" "http://127.0.0.1:$other/echo" "$URL/echo" /echo; do
    jq -nc --arg url "$target?url=$to" '{url: $url, id: "from URL"}'
    jq -nc --arg url "$URL/redirect-to?url=$to" --argjson headers "$headers" \
        '{url: $url, id: "from headers", headers: $headers}'
done >list
exits 0 ff --body list >out
norm out | jq -c '[.id, (.body | fromjson | .headers |
    map(.[0] | ascii_downcase) |
    map(select(IN("authorization", "cookie", "x-own"))) | sort[])]'
check "the password is not shown" test "$(grep -c sesame out)" -eq 0
# A Host header of an option is not sent to another origin either; headers that
# describe a body are.
exits 0 ff -H 'Host: mine.test' -H 'X-Own: 1' -H 'Content-Type: text/x' -d text \
    --body "$URL/redirect-to?url=$URL2/echo" "$URL/redirect-to?url=/echo" >out
same "headers" "$(jq -sr 'sort_by(.index)[].body | fromjson | .headers |
    map(select(.[0] | IN("Host", "X-Own", "Content-Type")) | join(": ")) |
    join(", ")' out)" "Host: ${URL2#http://}
Host: mine.test, X-Own: 1"
