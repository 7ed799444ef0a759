# long
# timeout: 180
# alone
# The processor time for each URL must not grow with the number of hosts; as a
# rule it falls.  For a short run the middle one of three counts.
need pgrep
server_start
dnsmasq_start --address=/many.test/127.0.0.1
threads=''

# fetch_hosts N: one URL of each; sets us_per_url.
fetch_hosts() {
    seq -f "http://h%.0f.many.test:$PORT/" "$1" >list
    local TIMEFORMAT='%U %S' pid
    { time "$FANFETCH" --threads 1 --dns-servers "$DNS" \
        list >out 2>err; } 2>times &
    while kill -0 $! 2>/dev/null; do
        if pid=$(pgrep -P $!); then
            threads+=" $(sed -n 's/^Threads:\t*//p' "/proc/$pid/status" || :)"
        fi
        sleep 0.05
    done 2>/dev/null
    wait $! || fail "exit status $?"
    holds "all records are fetched" out --argjson n "$1" 'length == $n and all(.ok)'
    us_per_url=$(awk -v n="$1" '{ print int(($1 + $2) * 1000000 / n) }' times)
    echo "$1 hosts: $us_per_url us for each" >&2
}

for _ in 1 2 3; do
    fetch_hosts 1000
    echo "$us_per_url"
done >few
few=$(sort -n few | sed -n 2p)

# asked_once N: so many queries were made.  What a busy machine answers late is
# asked for again.
asked_once() {
    local n
    n=$(queries)
    echo "$n queries for $1" >&2
    [ "$n" -ge "$1" ] && [ "$n" -le $(($1 + $1 / 20)) ]
}
check "queries for 1,000" asked_once 6000
fetch_hosts 20000
check "queries for all" asked_once 46000
check "processor time" test "$us_per_url" -lt $((few * 3))
# One thread reads and writes, one fetches, one finishes bodies; a sanitizer may
# have another one.
allowed=3
! sanitized || allowed=4
most=$(tr ' ' '\n' <<<"$threads" | sort -n | tail -n 1)
check "most threads" test "$most" -ge 2 -a "$most" -le "$allowed"
