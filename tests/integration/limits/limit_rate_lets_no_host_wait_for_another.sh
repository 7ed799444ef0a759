# timeout: 120
# A host that has used up its rate for twenty seconds does not keep another one,
# which has used up less, from being read.
server_start
"$FANFETCH" --threads 1 --limit-rate-per-host 50 \
    --resolve "*:$PORT:127.0.0.1" \
    "http://large.test:$PORT/bytes/3000?header=X:$(printf '%01000d' 0)" \
    "http://small.test:$PORT/drip?n=4&gap=300&delay=300" >out &
pid=$!
wait_lines out 1
kill -KILL "$pid"
wait "$pid" || :
holds "the small answer comes first" out '.[0].ok and .[0].elapsed < 15'
