server_start
ff_start --grace 20 --deadline 1 "$URL/stall" >out 2>err
server_wait '.in_flight == 1'
start=$(now_ms)
kill -TERM "$FF_PID"
ff_wait 143
took=$(($(now_ms) - start))
check "the deadline is the end" test "$took" -lt 15000
holds "the result says so" out '.[0].error.code == "run_deadline"'
