server_start
urls 40 "$URL/bytes/200000?" >list
ff --body list | while read -r line; do
    sleep 0.02
    printf '%s\n' "$line"
done >out
holds "40 whole results" out 'length == 40 and
    all(.ok and (.body | length) == 200000)'
