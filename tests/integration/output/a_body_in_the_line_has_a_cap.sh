# The cap is 16 MiB, whatever the server sends, and whatever it decompresses to.
server_start
exits 1 ff --limit 1 --body "$URL/endless" "$URL/bomb?size=1000000000" \
    "$URL/bytes/17000000" "$URL/bytes/16000000" >out
sed 's/,"timing":.*/}/' out >heads
norm heads | jq -c '[.ok, .error.class, .status_code]'
holds "reading stops there" heads 'map(select(.ok | not)) |
    all(.size_body < 40000000)'
grep '"ok":false' out >failed
check "a body that is too large is not printed" test "$(wc -c <failed)" -lt 10000
