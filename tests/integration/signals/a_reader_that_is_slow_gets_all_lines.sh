# Two seconds for what is there when the interrupt comes: longer than anybody
# waits for a reader that does not read.
server_start
urls 3000 "$URL/?" >list
mkfifo results
{
    sleep 1
    while dd bs=16384 count=1 of=part 2>dd.err && [ -s part ]; do
        cat part
        sleep 0.02
    done
} <results >out &
reader=$!
ff_start --grace 0 list >results 2>err
server_wait '.requests > 100 and .in_flight == 0'
kill -INT "$FF_PID"
ff_wait 130
wait "$reader"
check "more than a pipe holds" test "$(wc -c <out)" -gt 200000
holds "whole lines, none left out" out 'sort_by(.index) |
    map(.index) == [range(length)]'
