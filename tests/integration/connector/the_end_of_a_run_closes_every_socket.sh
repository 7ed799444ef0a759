# Some connections are in flight, some idle, some being opened.
server_start --deaf
{
    urls 10 "$URL/?"
    urls 10 "$URL/stall-body?"
    urls 10 "http://127.0.0.1:$DEAF_PORT/"
} >list
ff_start --grace 0 --limit 100 list >out
wait_lines out 10
server_wait '.in_flight == 10'
kill -INT "$FF_PID"
ff_wait 130
server_wait '.open == 0'
holds "a result for each" out 'length == 30 and
    (map(select(.error.class == "aborted")) | length == 20)'
