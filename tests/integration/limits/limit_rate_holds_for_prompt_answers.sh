# timeout: 120
# An answer that can be read as soon as the request is sent, before libcurl waits
# for it, counts for --limit-rate, on a new connection and on a kept one.
server_start
preload prompt
# At most the rate and a fifth of a second's worth of it.
took_at_least() {
    [ $(($1 * $3 / 1000 + $3 / 5)) -ge "$2" ]
}
timed() {
    local start
    start=$(now_ms)
    ff "$@" >out 2>err
    MS=$(($(now_ms) - start))
    holds "all are there" out 'all(.[]; .ok and .size_body == 50000)'
}
urls 4 "$URL/bytes/50000?" >list
timed --limit-rate 100k list
check "new connections" took_at_least "$MS" 200000 102400
timed --limit-rate 100k --limit 1 list
check "a kept connection" took_at_least "$MS" 200000 102400
timed --limit-rate-per-host 100k list
check "new connections of a host" took_at_least "$MS" 200000 102400
