# 300 hosts, one request each: the limit holds while each is left behind.
server_start
for i in $(seq 300); do
    echo "http://127.0.$((1 + i / 200)).$((1 + i % 200)):$PORT/"
done >list
exits 0 ff --limit 20 list >out
check "open" test "$(server_stats .most_open)" -le 20
holds "all results are ok" out 'length == 300 and all(.ok)'
