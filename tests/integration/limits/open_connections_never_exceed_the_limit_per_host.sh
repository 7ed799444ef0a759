server_start
for i in $(seq 10); do
    echo "$URL/?gate=2&gate_key=a&delay=5&id=$i"
    echo "$URL2/?gate=2&gate_key=b&delay=5&id=$i"
done >list
for threads in 1 3; do
    server_reset
    exits 0 ff --threads "$threads" --limit-per-host 2 list >out
    for host in 127.0.0.1 127.0.0.2; do
        same "open at $host" "$(server_stats ".local[\"$host\"].most_open")" 2
        same "accepted at $host" "$(server_stats ".local[\"$host\"].accepted")" 2
        same "requests at $host" "$(server_stats ".local[\"$host\"].requests")" 10
    done
done
