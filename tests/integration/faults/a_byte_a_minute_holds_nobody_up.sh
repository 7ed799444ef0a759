# Each of the limits ends it, and so does an interrupt.
server_start
slow="$URL/drip?n=0&gap=60000"
exits 1 ff --read-timeout 2s "$slow" >out
holds "the silence" out '.[0].error | .code == "read" and .phase == "receive"'
exits 1 ff -m 2s "$slow" >out
holds "the whole" out '.[0].error | .code == "total" and .phase == "receive"'
exits 1 ff --deadline 1s "$slow" >out
holds "the run" out '.[0].error.code == "run_deadline"'
ff_start --grace 1s "$slow" "$URL2/" >out
wait_lines out 1
kill -TERM "$FF_PID"
ff_wait 143
holds "the grace" out 'map(.error.code) == [null, "interrupted"]'
