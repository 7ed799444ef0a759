need parallel
server_start
for host in $(seq 12); do
    urls 10 "http://127.0.0.$host:$PORT/delay/20?"
done >list
export PATH=${FANFETCH%/*}:$PATH HOME=$PWD
exits 0 "$TESTS/../scripts/examples/parallel-pipe" 3 --limit-per-host 1 \
    -H 'X-Name: two  words' <list >out
holds "every record once" out 'map(.index) | sort == [range(120)]'
holds "all results are ok" out 'all(.ok)'

# Three processes have one connection for each host each: still there is one at
# each host.
same "in flight at one host, at most" \
    "$(server_stats '[.local[].most_in_flight] | max')" 1
check "more than one process" test "$(server_stats .most_in_flight)" -gt 1
