# As many bytes came as the length told, but their encoding is not at its end.
server_start
seq 1000 | gzip -n >whole
half=$(head -c 500 whole | base64 -w 0)
whole=$(base64 -w 0 whole)
for body in "$half" "$whole"; do
    jq -nc --arg url "$URL/mirror?header=Content-Encoding:gzip" \
        --arg body "$body" '{url: $url, method: "PUT", body_base64: $body}'
done >list
exits 1 ff list >out
holds "the half" out 'sort_by(.index)[0] | .status_code == 200 and
    (.error | .class == "protocol" and .code == "truncated" and .retryable)'
holds "the whole" out 'sort_by(.index)[1].ok'
