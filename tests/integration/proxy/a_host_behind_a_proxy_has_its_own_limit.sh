# Each of four hosts behind one proxy gets two connections; none holds up
# another: none is answered before all eight are there.
server_start
squid_start
for i in 1 2 3 4; do
    urls 5 "http://127.0.0.$i:$PORT/?gate=8&delay=5&id="
done >list
for threads in 1 2; do
    server_reset
    exits 0 ff --threads "$threads" -x "$PROXY_URL" --limit 20 \
        --limit-per-host 2 list >out
    for i in 1 2 3 4; do
        same "in flight at $i, $threads threads" \
            "$(server_stats ".local[\"127.0.0.$i\"].most_in_flight")" 2
    done
done
urls 5 "$URL/?" | exits 0 ff -x "$PROXY_URL" --limit 1 >out
same "all through one connection" "$(jq .connection_reused out | xargs)" \
    "false true true true true"
