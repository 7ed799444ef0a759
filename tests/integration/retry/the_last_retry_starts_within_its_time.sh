# --retry-max-time counts from the first attempt; no more than --look-ahead
# records wait for another attempt.
server_start
exits 1 ff --retry 1000 --retry-delay 50ms --retry-max-delay 50ms \
    --retry-max-time 3s --attempts "$URL/status/500" >out
holds "not later than three seconds after the first" out '.[0] | .attempts > 5 and
    ([.attempts_log[] | .waited, .time_total] | add) -
        .attempts_log[-1].time_total <= 3.001'
mkfifo in
exec 3<>in
ff_start --retry 1 --retry-delay 240h --retry-max-delay 240h --look-ahead 20 \
    --limit 5 <in >out
server_reset
urls 500 "$URL/status/500?id=" >&3
server_wait '.requests >= 20'
sleep 0.3
check "few are read" test "$(server_stats .requests)" -le 25
kill -INT "$FF_PID"
ff_wait 130
holds "the other records have their lines" out 'length >= 20 and length <= 25 and
    all(.error.class == "aborted")'
