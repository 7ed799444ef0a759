# Two hosts get 20 requests a second each, counted over two seconds, and none
# starts sooner than half an interval after the one before.  A server that other programs delayed sees the first
# one late and several at once.
server_start --listen 127.0.0.1 --listen 127.0.0.2
for i in $(seq 40); do
    echo "http://127.0.0.1:$PORT/?$i"
    echo "http://127.0.0.2:$PORT/?$i"
done >list
exits 0 ff --rate-per-host 20 --trace trace list >out
server_log >log
for host in 127.0.0.1 127.0.0.2; do
    jq -s --arg h "$host:$PORT" '[.[] | select(.event == "request" and
        .host == $h) | .ms] | sort' log >times
    same "requests" "$(jq length times)" 40
    check "no faster" test "$(jq '(last - first) | floor' times)" -ge 500
    holds "evenly" trace --slurpfile out out --arg h "$host" '
        ($out | map({key: "\(.index)", value: .url}) | from_entries) as $url |
        map(select(.event == "started" and ($url["\(.index)"] | contains($h))).t) |
        length == 40 and last - first > 1.9 and ([.[1:], .[:-1]] | transpose | all(.[0] - .[1] > 0.025))'
done
