# long
# timeout: 120
# One allocation after the other fails: ours, and those of libcurl, OpenSSL,
# c-ares, libev and jansson.  There must be no crash and no hang; lines are
# whole, and a rerun continues from there.  A sample of ALLOCS of them is tried;
# "make torture" tries more.
allocs=${ALLOCS:-40}
RANDOM=${SEED:=$RANDOM}
echo "SEED=$SEED" >&2
server_start
nginx_tls_start 'location / { return 200 ok; }'
dnsmasq_start --host-record=a.test,127.0.0.1 --host-record=b.test,127.0.0.2
dead=$(free_port)
{
    printf '%s\n' "$URL/" "$URL/redirect/2" "$URL/status/404" 'http://[' \
        "$URL/gzip?size=5000" "http://127.0.0.1:$dead/" "$TLS_URL/" '{bad' \
        "http://a.test:$PORT/bytes/200000" "http://b.test:$PORT/" \
        "http://c.test/" "$URL/truncated" "$URL/flaky?times=1&key=KEY" \
        "http://u:p@127.0.0.1:$PORT/auth-basic" "$URL/cookie-set?a=b" \
        "$EXPIRED_URL/" "$URL/drip?n=3&gap=5" "$URL/stall?delay=1" "$URL/"
    printf '{"url":"%s/echo","method":"POST","headers":{"X-A":["1","\\u0031"]},%s}\n' \
        "$URL" '"json":{"a":[1,2]},"id":{"x":1},"meta":[1],"timeout":1.5'
    urls 20 "$URL2/?"
} >list
n=$(wc -l <list)
options=(--dns-servers "$DNS" --cacert tls/ca.pem --tls-info --body --sha256
    --include-headers --redirects --attempts --retry 1 --retry-delay 1ms
    --output-dir bodies --summary=sum --unique --threads 2 --progress=always
    --cookie-jar jar --read-timeout 300ms --resume -o out)

# try VARIABLE=VALUE: run with it, and check the results.
try() {
    local status=0
    rm -rf out bodies
    preload fail_alloc "$1"
    sed "s/KEY/$1/" list | FF_LIMIT=20 ff "${options[@]}" 2>err || status=$?
    case $status in
    1) [ "$(wc -l <out)" -eq "$n" ] || fail "$1: lines are missing" ;;
    4) grep -qiE 'out of memory|cannot allocate memory' err ||
        fail "$1: it does not say why" ;;
    *) fail "$1: exit status $status" ;;
    esac
    statuses[status]=$((${statuses[status]:-0} + 1))
    [ -e out ] || return 0
    holds "$1: whole lines, none twice" out \
        'map(.index) | length == (unique | length)'
    check "$1: the last one, too" test -z "$(tail -c 1 out | tr -d '\n')"
    # The run continues with memory, from where it ended.
    [ $((tries++ % 5)) -eq 0 ] || return 0
    preload
    status=0
    sed "s/KEY/$1/" list | ff "${options[@]}" 2>err || status=$?
    check "$1: it goes on" test $status -le 1
    holds "$1: in the end each once" out --argjson n "$n" \
        'map(.index) | sort == [range($n)]'
}
statuses=() tries=0

preload fail_alloc FAIL_COUNT=count
sed "s/KEY/count/" list | exits 1 ff "${options[@]}"
count=$(cat count)
check "there are allocations" test "$count" -gt 5000
for i in $(seq "$allocs"); do
    # One allocation of each stretch fails.
    try "FAIL_AT=$(((i - 1) * count / allocs +
        (RANDOM * 32768 + RANDOM) % (count / allocs) + 1))"
done
for i in 2 10 100 1000 10000; do
    try "FAIL_EVERY=$i"
    try "FAIL_FROM=$i"
done
echo "$count allocations; exit status 1: ${statuses[1]:-0}," \
    "4: ${statuses[4]:-0}" >&2
