# timeout: 120
# The input is endless and nobody reads the results: requests and memory stay
# bounded, and the run continues as soon as somebody reads.
server_start
mkfifo results
exec 3<>results
yes "$URL/" 3>&- | {
    ff_start >results
    exec 3>&-
    echo "$FF_PID" >pid
    wait "$FF_PID" || echo $? >status
} &
feeder=$!

server_wait '.requests > 10'
server_wait_still
seen=${COUNTS[requests]}
check "requests without a reader" test "$seen" -lt 3000
if ! sanitized; then
    rss=$(sed -n 's/^VmHWM:[ \t]*\([0-9]*\) kB/\1/p' "/proc/$(cat pid)/status")
    check "memory in kB" test "$rss" -lt 100000
fi

head -n 20000 <&3 >out
holds "lines are whole and in no number twice" out \
    'length == 20000 and all(.ok) and (map(.index) | unique | length == 20000)'
check "the run goes on" test "$(server_stats .requests)" -ge 20000
exec 3<&-
wait "$feeder"
same "status" "$(cat status)" 141
