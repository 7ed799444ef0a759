# long
# timeout: 300
# No invalid access, no uninitialised byte, no leak and no lost descriptor: in a
# run of all kinds, one that is resumed, one that is interrupted and one that is
# refused.
need valgrind
! sanitized || skip "a sanitizer has its own"
server_start
nginx_tls_start 'location / { return 200 ok; }' http2
dnsmasq_start --host-record=a.test,127.0.0.1
dead=$(free_port)
{
    printf '%s\n' "$URL/" "$URL/redirect/2" "$URL/status/404" 'http://[' \
        "$URL/gzip?size=5000" "http://127.0.0.1:$dead/" "$TLS_URL/" '{bad' \
        "$TLS_URL/2" "$EXPIRED_URL/" "http://a.test:$PORT/bytes/200000" \
        "http://b.test/" "$URL/flaky?times=1&key=a" "$URL/cookie-set?a=b" \
        "$URL/"
    printf '{"url":"%s/echo","method":"POST","json":{"a":[1,"\\u0031"]}}\n' \
        "$URL"
    urls 40 "$URL2/rand?stall=0&"
} >list
n=$(wc -l <list)

# checked STATUS ARGUMENT...: run it under valgrind.
checked() {
    local want=$1 status=0
    shift
    rm -f log.*
    (
        # Newer ones (3.24) count inherited descriptors as errors.
        for fd in /proc/self/fd/*; do
            fd=${fd##*/}
            ((fd < 3)) || eval "exec $fd>&-"
        done
        exec timeout --foreground 250 valgrind --error-exitcode=99 \
            --leak-check=full --errors-for-leak-kinds=definite \
            --track-fds=yes --log-file=log.%p "$FANFETCH" "$@" 2>err
    ) || status=$?
    # A descriptor of ours that is open at the end, and where it was opened.
    if [ "$status" -ne "$want" ] ||
        grep -A 2 'Open .*descriptor' log.* | grep -q ' at 0x'; then
        cat log.* >&9
        fail "exit status $status, not $want: $*"
    fi
}
options=(--dns-servers "$DNS" --cacert tls/ca.pem --tls-info --body --sha256
    --include-headers --redirects --attempts --retry 1 --retry-delay 1ms
    --output-dir bodies --summary=sum --unique --ordered --threads 2 -m 20
    --cookie-jar jar --read-timeout 10s)
checked 1 "${options[@]}" -o out list
same "lines" "$(wc -l <out)" "$n"
# The torn result and failed records are fetched again.
truncate -s -1000 out
checked 1 "${options[@]}" --resume --retry-failed -o out list
same "lines" "$(wc -l <out)" "$n"
urls 9 "$URL/stall?" >slow
checked 1 --limit 3 --deadline 2s --queue-timeout 1s -o aborted slow
same "lines" "$(wc -l <aborted)" 9
checked 4 --resume -o list list
checked 2 --limit many list
