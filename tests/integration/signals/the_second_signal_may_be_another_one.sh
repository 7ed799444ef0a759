# The first signal decides the exit status.
server_start
urls 8 "$URL/stall?" >list
for pair in 'INT TERM 130' 'TERM INT 143' 'HUP INT 129' 'TERM HUP 143'; do
    read -r first second status <<<"$pair"
    server_wait '.in_flight == 0'
    ff_start --limit 4 list >out 2>err
    server_wait '.in_flight == 4'
    kill "-$first" "$FF_PID"
    wait_lines out 4
    check "the run waits for requests in flight" kill -0 "$FF_PID"
    kill "-$second" "$FF_PID"
    ff_wait "$status"
    holds "$pair: a line for each" out '
        (map(.index) | sort == [range(8)]) and
        all(.error.code == "interrupted")'
done
