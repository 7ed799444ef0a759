# A name is given up after 14 s, so anything below shows that nothing waits for it.
mute_start
ff_start --dns-servers "127.0.0.1:$MUTE_PORT" http://a.test/ >out
sleep 0.5
start_ms=$(now_ms)
kill -INT "$FF_PID"
ff_wait 130
check "at once" test $(($(now_ms) - start_ms)) -lt 8000
holds "the result says so" out 'length == 1 and .[0].error.class == "aborted"'
