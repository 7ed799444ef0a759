# 16 MiB, whatever the server sends, and whatever it unpacks to.
server_start
exits 1 ff --limit 1 --body "$URL/endless" "$URL/bomb?size=1000000000" \
    "$URL/bytes/17000000" "$URL/bytes/16000000" >out
norm out | jq -c '[.ok, .error.class, .status_code, (.body | length < 17000000)]'
