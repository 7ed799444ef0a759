# Such a body makes libcurl ask with Expect first.
server_start
body=$(head -c 700000 /dev/zero | tr '\0' b)
for i in 1 2 3 4; do
    jq -nc --arg url "$URL/echo?$i" --rawfile body <(printf %s "$body") \
        '{url: $url, method: "POST", body: $body}'
done >list
exits 0 ff --limit 2 --body list >out
holds "all of each" out 'length == 4 and
    all(.body | fromjson | .body_bytes == 700000)'
