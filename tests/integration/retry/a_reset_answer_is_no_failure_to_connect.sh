# A server that connects, and then resets some requests, is not down: its other
# URLs are fetched.
server_start
for i in $(seq 5); do
    echo "$URL/reset?$i"
    echo "$URL/reset-body?$i"
done >list
urls 5 "$URL/?" >>list
exits 1 ff --max-host-failures 3 --limit 1 list >out
holds "all URLs were tried" out 'map(.error.class) | index("host_down") == null'
same "ok" "$(jq -r 'select(.ok).index' out | wc -l)" 5
