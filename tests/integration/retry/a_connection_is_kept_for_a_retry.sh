# Requests that wait for another attempt will need a connection, too.
server_start
for i in $(seq 40); do
    echo "$URL/flaky?times=2&key=$i&status=429"
done >list
exits 0 ff --limit 5 --retry 4 --retry-delay 50ms list >out
holds "all requests succeed" out 'all(.ok and .attempts == 3)'
check "few connections" test "$(server_stats .accepted)" -le 10
server_reset
exits 0 ff --retry 1 --retry-delay 50ms "$URL/flaky?times=1&key=last" >out
same "the last one's, too" "$(server_stats .accepted)" 1
