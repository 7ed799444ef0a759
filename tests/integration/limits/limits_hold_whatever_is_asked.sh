# long
# timeout: 180
# Options and lists drawn at random, the same each time: SEED is the first of
# ROUNDS numbers, and each of these makes a run.  No server sees more open or
# in flight than was allowed, and each record has its line.
server_start
nginx_tls_start "location / { proxy_pass $URL; }" http2
squid_start 'server_persistent_connections off'
socks_start
# shellcheck disable=SC2153 # those of the servers
relay_start "$PORT" "$TLS_PORT" "$PROXY_PORT" "$SOCKS_PORT"
read -r port tls_port proxy_port socks_port <<<"${RELAYS[*]}"

# pick WORD...: one of them, in PICKED.
pick() {
    local i=$((RANDOM % $# + 1))
    PICKED=${!i}
}

# may_have WORD...: one of them as an option, half the time.
may_have() {
    pick "$@"
    [ $((RANDOM % 2)) -eq 0 ] || options+=("$PICKED")
}

# Sets options; limit, per_host and concurrency as they should hold.
draw_options() {
    pick 1 2 3 5 20 150
    limit=$PICKED
    pick 0 1 2 3
    per_host=$PICKED
    pick 0 1 4 30
    concurrency=$PICKED
    options=(-k -m 20 --retry 0 --retry-delay 20ms --limit "$limit" --limit-per-host
        "$per_host" --concurrency "$concurrency")
    may_have --threads=2 --threads=3
    may_have --force-close --keepalive-timeout={20ms,15}
    may_have --http1.1
    may_have --retry=1
    may_have --{proxy=http://127.0.0.1:"$proxy_port",proxy=socks5h://127.0.0.1:"$socks_port",connect-to=a.test::127.0.0.4:,connect-to=::127.0.0.5:}
    [ "$concurrency" -gt 0 ] || concurrency=$limit
    [ "$per_host" -gt 0 ] || per_host=$limit
}

# Prints a list of records.
draw_list() {
    local left=$((RANDOM % 80 + 20)) url hosts=(127.0.0.{1,1,2,3})
    case "${options[*]}" in
    *connect-to*) hosts+=(a.test) ;; # nobody else knows it
    esac
    while [ $((left -= 1)) -ge 0 ]; do
        pick "${hosts[@]/%/:$port}" "127.0.0.1:$tls_port"
        url=http://$PICKED
        [ "${PICKED##*:}" = "$port" ] || url=https://$PICKED
        pick / /delay/{5,20} '/?close=1' /bytes/30000 /status/404 \
            '/close-after-idle?ms=3' /drop-second /reset /empty \
            '/drip?n=3&gap=5' /redirect/2 \
            "/redirect-to?url=http://127.0.0.2:$port/delay/3" \
            "/redirect-to?url=https://127.0.0.1:$tls_port/bytes/100"
        url+=$PICKED
        pick GET GET GET POST PUT HEAD
        printf '{"url":"%s","method":"%s"}\n' "$url" "$PICKED"
    done
}

# at_most WHAT NUMBER LIMIT: else say how it came to it.
at_most() {
    [ "$2" -le "$3" ] || fail "$1: $2, not $3; SEED=$round ROUNDS=1: ${options[*]}"
}

for round in $(seq "${SEED:=30}" $((SEED + ${ROUNDS:=30} - 1))); do
    RANDOM=$round
    draw_options
    draw_list >list
    relay_reset
    server_wait '.in_flight == 0'
    server_reset
    status=0
    ff "${options[@]}" list >out || status=$?
    at_most "status" "$status" 1
    same "lines, SEED=$round" "$(wc -l <out)" "$(wc -l <list)"
    at_most "in flight" "$(server_stats .most_in_flight)" "$concurrency"
    # Connections that a proxy opens go through the relay, too, and are not
    # counted.
    peer=all
    case "${options[*]}" in
    *proxy=http*) peer=127.0.0.1:$proxy_port ;;
    *proxy=socks*) peer=127.0.0.1:$socks_port ;;
    *connect-to=::*) ;; # all hosts are at one address
    *)
        while read -r host _ _ most; do
            [ "$host" = all ] || at_most "open at $host" "$most" "$per_host"
        done <relay.counts
        ;;
    esac
    at_most "open" "$(relayed most "$peer")" "$limit"
    echo "round $round: open $(relayed most "$peer") of $limit: ${options[*]}" >&2
done
