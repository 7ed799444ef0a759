# Redirects, retries, all hosts together.  No assertion is about slowness, only
# about requests that come too early.  A server that other programs delayed sees
# the first request late and several at once, so that its bounds are wide.
server_start
# even INTERVAL [N]: N requests, 30, took their intervals of so many seconds, and
# none started sooner than half of one after the one before: a thread that was
# held up is late with one request, not with the next.
even() {
    holds "evenly" trace --argjson s "$1" --argjson n "${2:-30}" '
        map(select(.event == "started").t) | length == $n and last - first > $s * ($n - 1) - 0.05 and
        ([.[1:], .[:-1]] | transpose | all(.[0] - .[1] > $s / 2))'
}
# span: from the first request to the last, in ms.
span() {
    server_log 'select(.event == "request").ms' | jq -s 'max - min | floor'
}
urls 6 "$URL/redirect/4?id=" >list
exits 0 ff --rate 30 --trace trace list >out
same "requests" "$(server_stats .requests)" 30
check "29 intervals of 33 ms" test "$(span)" -ge 200
even 0.0333
server_reset
for i in $(seq 10); do
    echo "$URL/flaky?status=500&times=2&key=$i"
done >list
exits 0 ff --rate-per-host 1800/m --retry 2 --retry-delay 1ms --trace trace list >out
same "requests" "$(server_stats .requests)" 30
check "29 intervals of 33 ms" test "$(span)" -ge 200
even 0.0333
server_reset
for i in $(seq 10); do echo "$URL/?$i" && echo "$URL2/?$i"; done >list
exits 0 ff --rate 108000/h --rate-per-host 20 --trace trace list >out
even 0.0333 20
# After idle time there is no burst.
server_reset
mkfifo in
exec 3<>in
ff_start --rate 20 --trace trace <in >out
echo "$URL/?first" >&3
server_wait '.requests == 1'
sleep 1
urls 10 "$URL/?" >&3
exec 3>&-
ff_wait 0
even 0.05 11
