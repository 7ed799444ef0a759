# timeout: 200
# --limit-rate delays incoming bytes, over all connections and threads, and that
# time is not the server's: no time-out counts it.
server_start

# took_at_least MS BYTES RATE: no more than the rate and a fifth of a second's
# worth of it.
took_at_least() {
    [ $(($1 * $3 / 1000 + $3 / 5)) -ge "$2" ]
}
# timed ARGUMENT...: run it, to end well; sets MS.
timed() {
    local start
    start=$(now_ms)
    FF_LIMIT=60 ff "$@" >out 2>err
    MS=$(($(now_ms) - start))
}

# Few large responses, many small ones, and more time than -m and --read-timeout
# allow.
urls 4 "$URL/bytes/300000?" >large
timed --limit-rate 300k --threads 2 -m 3s --read-timeout 2s large
check 'large bodies' took_at_least "$MS" 1200000 307200
holds 'none times out' out 'length == 4 and all(.ok)'
holds 'the time was ours' out '
    (map(.time_queue) | add) > 3 and all(.time_total < 3)'
urls 200 "$URL/bytes/4096?" >small
timed --limit-rate 300k --threads 2 -m 3s --limit 50 small
check 'small bodies' took_at_least "$MS" 819200 307200
holds 'none times out' out 'length == 200 and all(.ok)'

# Each host has its own rate.
for host in 127.0.0.1 127.0.0.2; do
    urls 3 "http://$host:$PORT/bytes/100000?"
done >hosts
timed --limit-rate-per-host 150k --threads 2 hosts
check 'a host' took_at_least "$MS" 300000 153600
timed --limit-rate-per-host 150k --limit-rate 200k hosts
check 'the sum' took_at_least "$MS" 600000 204800

# A server that stalls still times out.
exits 1 ff --limit-rate 100k --read-timeout 2 \
    "$URL/stall-body?size=100000" "$URL/bytes/150000" >out 2>err
holds 'the stall is told' out 'map(.error.code) | sort == [null, "read"]'

exits 2 ff --limit-rate 5x "$URL" >out 2>err
check 'what is allowed is told' grep -q -- --limit-rate err
