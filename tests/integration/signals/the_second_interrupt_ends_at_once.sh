server_start
{
    echo "$URL/?done"
    urls 8 "$URL/stall?"
} >list
ff_start --limit 4 list >out 2>err
server_wait '.in_flight == 4'
wait_lines out 1
kill -INT "$FF_PID"
wait_for 15 grep -q 'again to abort' err
check "the run waits for requests in flight" kill -0 "$FF_PID"
start=$(now_ms)
kill -INT "$FF_PID"
ff_wait 130
check "at once" test $(($(now_ms) - start)) -lt 8000
holds "finished results are there" out 'any(.ok)'
holds "a line for each" out 'map(.index) | sort == [range(9)]'
