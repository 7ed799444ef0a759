mute_start
ff_start --dns-servers "127.0.0.1:$MUTE_PORT" http://a.test/ >out
sleep 0.5
start_ms=$(now_ms)
kill -INT "$FF_PID"
ff_wait 130
check "at once" test $(($(now_ms) - start_ms)) -lt 1000
holds "the result says so" out 'length == 1 and .[0].error.class == "aborted"'
