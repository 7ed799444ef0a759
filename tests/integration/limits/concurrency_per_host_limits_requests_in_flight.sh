server_start
urls 20 "$URL/?gate=3&gate_key=a&delay=5&id=" >list
urls 20 "$URL2/?gate=3&gate_key=b&delay=5&id=" >>list
for threads in 1 3; do
    server_reset
    exits 0 ff --threads "$threads" --concurrency-per-host 3 list >out
    for host in 127.0.0.1 127.0.0.2; do
        same "in flight at $host" \
            "$(server_stats ".local[\"$host\"].most_in_flight")" 3
    done
done
