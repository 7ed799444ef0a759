# Each retry has the whole time again; a queue time-out is not retried.
server_start --deaf
mute_start
{
    echo "$URL/stall?total"
    echo "$URL/stall-body?read"
    echo "http://127.0.0.1:$DEAF_PORT/connect"
    echo "https://127.0.0.1:$MUTE_PORT/tls"
    echo "http://a.test/dns"
} >list
exits 1 ff --dns-servers "127.0.0.1:$MUTE_PORT" --retry 1 --retry-delay 10ms \
    --connect-timeout 1.6 --read-timeout 1.6 -m 3.1 --attempts list >out
holds "two attempts of that time" out 'length == 5 and all(
    .attempts == 2 and .error.class == "timeout" and .error.retryable and
    (.attempts_log | map(.time_total) | min > 1.55) and
    .elapsed > 3.1)'
same "which" "$(jq -r '.error.code + " " + .error.phase' out | sort | xargs -n 2)" \
    "connect connect
connect dns
connect tls
read receive
read wait"
# --retry-max-time ends the retries sooner.
exits 1 ff --retry 50 --retry-delay 10ms --retry-max-time 2 -m 300ms \
    "$URL/stall" >out
holds "some, and no more" out '.[0] | .attempts > 1 and .attempts < 9'
{
    echo "$URL/delay/3000"
    echo "$URL/?late"
} | exits 1 ff --limit 1 --queue-timeout 300ms --retry 3 --retry-delay 10ms >out
holds "the queue's is final" out '.[0] | .index == 1 and
    .error.code == "queue" and .attempts == 0'
