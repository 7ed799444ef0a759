# Six hosts, so that kept connections would pile up.  The first requests are
# answered when three are in flight.
server_start
urls 4 "$URL/?gate=3&id=" >list
for i in $(seq 30); do
    for host in 1 2 3 4 5 6; do
        echo "http://127.0.0.$host:$PORT/delay/5?$i"
    done
done >>list
for options in "" "--threads 3" "--limit-per-host 10"; do
    server_reset
    # shellcheck disable=SC2086 # several options
    exits 0 ff --limit 4 $options list >out
    check "open, $options" test "$(server_stats .most_open)" -le 4
    holds "all records are fetched" out 'length == 184 and all(.ok)'
done
