server_start
exits 0 ff --body "$URL/utf8" "$URL/binary" "$URL/latin1" "$URL/status/204" \
    "$URL/json" >out
norm out | jq -c '[.body, (.body_base64 | if . then .[0:12] else . end)]'
