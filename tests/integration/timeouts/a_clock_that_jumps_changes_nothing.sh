# The wall clock jumps an hour back and forth many times a second.  Time-outs,
# pauses, rates and idle connections follow the monotonic clock.
preload jump_clock JUMP_MS=200
server_start
{
    urls 20 "$URL/delay/100?"
    echo "$URL/flaky?times=1&key=a"
    echo "$URL/stall"
} >list
exits 1 ff -m 3 --connect-timeout 2 --queue-timeout 20 --read-timeout 2 \
    --retry 1 --retry-delay 100ms --rate 50 list >out
holds "all requests but the silent one are ok" out '
    length == 22 and (map(select(.ok)) | length) == 21'
holds "times" out 'all(.elapsed >= 0 and .elapsed < 20 and .time_total >= 0 and
    .time_queue >= 0 and ([.timing[] | . // 0] | all(. >= 0)))'
holds "the silent one was waited for" out '
    [.[] | select(.ok | not)][0] | .error.code == "read" and .time_total > 1.9'
holds "the clock did jump" out '
    map(.started_at[0:19] + "Z" | fromdate) | max - min > 3600'

# An idle connection is kept for its whole time, and no longer.
mkfifo pipe
exec 3<>pipe
ff_start --keepalive-timeout 3s <pipe >out
for i in 1 2 3; do
    echo "$URL/?$i" >&3
    wait_lines out $i
    sleep 0.2
done
same "kept" "$(jq -sc 'map(.connection_reused)' out)" '[false,true,true]'
server_wait '.open == 0'
exec 3<&-
ff_wait 0
