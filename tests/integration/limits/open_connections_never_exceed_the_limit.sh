# Six hosts, so that kept connections would pile up.
server_start
for i in $(seq 30); do
    for host in 1 2 3 4 5 6; do
        echo "http://127.0.0.$host:$PORT/delay/5?$i"
    done
done >list
for threads in 1 3; do
    server_reset
    exits 0 ff --threads "$threads" --limit 4 list >out
    check "open, $threads threads" test "$(server_stats .most_open)" -le 4
    check "and they are used" test "$(server_stats .most_in_flight)" -ge 3
    holds "all are fetched" out 'length == 180 and all(.ok)'
done
