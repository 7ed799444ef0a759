# Two hosts get 20 requests a second each, counted over two seconds; few
# requests to a host are closer than half of the interval.  A server that other
# programs delayed sees the first one late and several at once.
server_start --listen 127.0.0.1 --listen 127.0.0.2
for i in $(seq 40); do
    echo "http://127.0.0.1:$PORT/?$i"
    echo "http://127.0.0.2:$PORT/?$i"
done >list
exits 0 ff --rate-per-host 20 list >out
server_log >log
for host in 127.0.0.1 127.0.0.2; do
    jq -s --arg h "$host:$PORT" '[.[] | select(.event == "request" and
        .host == $h) | .ms] | sort' log >times
    same "requests" "$(jq length times)" 40
    check "no faster" test "$(jq '(last - first) | floor' times)" -ge 1500
    check "evenly" test "$(jq '[.[1:], .[:-1]] | transpose |
        map(.[0] - .[1]) | map(select(. < 25)) | length' times)" -le 16
done
