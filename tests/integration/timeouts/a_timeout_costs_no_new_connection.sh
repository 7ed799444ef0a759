# A request that times out ends its connection.  Another host's connection that
# gets the same descriptor in the same turn has nothing to do with that.
server_start
for i in $(seq 1000); do
    printf '{"url": "%s/stall?%d", "timeout": 0.1}\n' "$URL" "$i"
    printf '{"url": "%s/?close=1&n=%d.%d"}\n' \
        "$URL2" "$i" 1 "$URL2" "$i" 2 "$URL2" "$i" 3
done >list.jsonl
exits 1 ff --limit 200 --limit-per-host 50 --input-format jsonl list.jsonl >out
holds "verdicts" out 'map(.error.code // .ok) | group_by(.) |
    map([.[0], length]) == [[true, 3000], ["total", 1000]]'
