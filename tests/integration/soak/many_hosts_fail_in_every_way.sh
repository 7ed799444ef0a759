# long
# alone
# timeout: 240
# Many hosts fail in every way at random: there is a line for each URL, memory
# does not grow and no descriptor is lost.  "make soak" does it with more URLs:
# SOAK=1000000 over 1000 hosts.
n=${SOAK:-5000}
hosts=$((n / 1000 < 100 ? 100 : n / 1000 > 1000 ? 1000 : n / 1000))
server_start
mkfifo pipe
exec 3<>pipe
ff_start --threads 2 -m 1 --retry 1 --retry-delay 50ms --look-ahead $((n / 50)) \
    --keepalive-timeout 1s -o out <pipe 2>err

count_fds() {
    find "/proc/$FF_PID/fd" -mindepth 1 | wc -l
}
# sample: bytes of results, kB of memory, descriptors, as a line.
sample() {
    printf '%d %d %d\n' "$(stat -c %s out)" \
        "$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$FF_PID/status")" \
        "$(count_fds)"
}
# most FIELD FROM TO: the most of it between these percents of the results.
most() {
    awk -v field="$1" -v from="$2" -v to="$3" -v size="$(stat -c %s out)" '
        $1 >= size * from / 100 && $1 <= size * to / 100 && $field > most {
            most = $field
        }
        END { print most + 0 }' samples
}

# settle LINES: fetch ten more, to have LINES results, and wait until no
# connection is open.  libcurl closes its ends of those that we or the server
# have shut down when the next one is made, so each thread gets some.
settle() {
    wait_for 10 server_says '.open == 0'
    printf "http://127.1.0.%d:$PORT/delay/200\n" {1..10} >&3
    wait_for 10 has_lines out "$1"
    wait_for 10 server_says '.open == 0'
}
wait_for 5 test -e out
settle 10
settle 20
base=$(count_fds)

awk -v n="$n" -v hosts="$hosts" -v port="$PORT" 'BEGIN {
    for (i = 20; i < n - 20; i++) {
        host = i * 7919 % hosts
        printf "http://127.0.%d.%d:%d/rand?%d\n", host / 250, host % 250 + 1,
            port, i
    }
}' >&3 3<&- &
CLEANUP_PIDS+=("$!")
is_done() {
    sample >>samples
    sleep 0.1
    kill -0 "$FF_PID" 2>/dev/null || fail "it has ended: $(cat err)"
    # Counting lines takes long, so they are counted only if there may be
    # enough.
    [ $(($(stat -c %s out) / 300)) -ge "$n" ] && has_lines out $((n - 20))
}
wait_for 220 is_done
settle $((n - 10))
settle "$n"
same "descriptors in the end" "$(count_fds)" "$base"
exec 3<&-
ff_wait 1
check "nothing is said" test ! -s err

same "lines" "$(wc -l <out)" "$n"
jq -r '[.index, .error.class // "ok"] | @tsv' out | sort -n >indices
same "each index once" "$(awk '$1 != NR - 1' indices | head -n 3)" ""
same "in every way" "$(cut -f 2 indices | sort -u | xargs)" \
    "connect http ok protocol timeout"
echo "memory in kB: first tenth $(most 2 0 10), last $(most 2 90 100);" \
    "descriptors: $(most 3 0 10), $(most 3 90 100), in the end $base" >&2
check "descriptors" test "$(most 3 90 100)" -le $((base + 100))
# The first tenth of a short run does not show everything.
[ "$n" -ge 100000 ] && early="0 10" || early="0 60"
# shellcheck disable=SC2086 # two words
sanitized || check "memory is flat" \
    test "$(most 2 90 100)" -le $(($(most 2 $early) + 2048))
