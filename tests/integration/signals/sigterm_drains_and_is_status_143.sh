server_start
urls 10 "$URL/delay/4000?" >list
ff_start --limit 2 list >out 2>err
server_wait '.in_flight == 2'
kill -TERM "$FF_PID"
ff_wait 143
holds "a line for each" out 'map(.index) | sort == [range(10)]'
holds "two finished" out 'map(select(.ok)) | length == 2'
