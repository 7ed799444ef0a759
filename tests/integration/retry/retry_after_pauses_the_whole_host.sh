# Of 100 URLs that all answer 429 once, none is requested again before the
# server's time is over, and not all at the same moment after it.  Another host
# is not affected.
server_start --listen 127.0.0.1 --listen 127.0.0.2
for i in $(seq 100); do
    echo "http://127.0.0.1:$PORT/429?retry_after=2&times=1&key=$i"
done >list
exits 0 ff --retry 2 --retry-delay 500ms --attempts list >out
same "ok" "$(jq -r .ok out | sort | uniq -c | tr -d ' ')" 100true
server_log >log
# After each 429 the host gets no request for 2 s, except for those that were in
# flight.
jq -s '[.[] | select(.event == "request")] |
    [.[] | select(.status == 429) | .ms] as $said |
    [.[] | select(.status == 200) | .ms] as $again |
    ($again | min) - ($said | min)' log >gap
check "nothing within the pause" test "$(jq 'floor' gap)" -ge 1990
holds "the requests do not return all at once" out '
    map(.attempts_log[-1].waited) | max - min > 0.1'
# A 503 does the same: the second URL waits as the first was told.
server_reset
exits 0 ff --retry 1 --retry-delay 1ms --limit 1 \
    "http://127.0.0.1:$PORT/flaky?status=503&retry_after=1&times=1" \
    "http://127.0.0.1:$PORT/" >out
server_log 'select(.event == "request") | .ms' | jq -s '.[1] - .[0]' >gap
check "nothing within the pause" test "$(jq floor gap)" -ge 990
