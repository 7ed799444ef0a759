server_start
dnsmasq_start --host-record=a.test,127.0.0.1 --host-record=a.test,127.0.0.2 \
    --host-record=a.test,127.0.0.3
for threads in 1 2; do
    server_reset
    urls 30 "http://a.test:$PORT/?" | exits 0 ff --threads "$threads" \
        --dns-servers "$DNS" --dns-cache-ttl 60 --limit 6 --force-close >out
    same "connections of each address, $threads threads" "$(server_stats '.local |
        map_values(.accepted) | [.["127.0.0.1", "127.0.0.2", "127.0.0.3"]] |
        join(" ")')" "10 10 10"
done
same "queries" "$(queries A)" 2
