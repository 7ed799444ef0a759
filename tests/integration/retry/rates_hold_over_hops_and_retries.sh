# The server's own times count: redirects, retries, all hosts together.  No
# assertion is about slowness, only about requests that come too early.  A
# server that other programs delayed sees the first request late and several at
# once, so the bounds lie between the right figure and that without a limit.
server_start
# too_early LIMIT_MS: how many requests came sooner after the one before.
too_early() {
    server_log 'select(.event == "request").ms' |
        jq -s "sort | [.[1:], .[:-1]] | transpose |
            map(.[0] - .[1] | select(. < $1)) | length"
}
# span: from the first request to the last, in ms.
span() {
    server_log 'select(.event == "request").ms' | jq -s 'max - min | floor'
}
urls 6 "$URL/redirect/4?id=" >list
exits 0 ff --rate 30 list >out
same "requests" "$(server_stats .requests)" 30
check "29 intervals of 33 ms" test "$(span)" -ge 700
check "evenly" test "$(too_early 16)" -le 12
server_reset
for i in $(seq 10); do
    echo "$URL/flaky?status=500&times=2&key=$i"
done >list
exits 0 ff --rate-per-host 1800/m --retry 2 --retry-delay 1ms list >out
same "requests" "$(server_stats .requests)" 30
check "29 intervals of 33 ms" test "$(span)" -ge 700
check "evenly" test "$(too_early 16)" -le 12
server_reset
for i in $(seq 10); do echo "$URL/?$i" && echo "$URL2/?$i"; done >list
exits 0 ff --rate 108000/h --rate-per-host 20 list >out
# 20 a second for each of the two alone would be 450 ms.
check "30 a second over both" test "$(span)" -ge 540
# After idle time there is no burst.
server_reset
mkfifo in
exec 3<>in
ff_start --rate 20 <in >out
echo "$URL/?first" >&3
server_wait '.requests == 1'
sleep 1
urls 10 "$URL/?" >&3
exec 3>&-
ff_wait 0
check "ten more intervals" test "$(server_log 'select(.event == "request" and
    .target != "/?first").ms' | jq -s 'max - min | floor')" -ge 350
