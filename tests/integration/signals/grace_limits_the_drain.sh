server_start
urls 4 "$URL/stall?" >list
ff_start --grace 1 --limit 2 list >out 2>err
server_wait '.in_flight == 2'
start=$(now_ms)
kill -INT "$FF_PID"
ff_wait 130
took=$(($(now_ms) - start))
check "the run does not end before the grace" test "$took" -ge 900
check "the run ends soon after the grace" test "$took" -lt 9000
holds "all requests are aborted" out 'length == 4 and
    all(.error.class == "aborted" and .error.code == "interrupted")'
