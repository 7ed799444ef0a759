# Three connections in all, two for each host: of A A A B B three requests are
# sent, but not three to A.
server_start
{
    urls 3 "$URL/stall?"
    urls 2 "$URL2/stall?"
} >list
for threads in 1 2; do
    server_reset
    ff_start --threads "$threads" --limit 3 --limit-per-host 2 --grace 0 list >out
    server_wait '.in_flight == 3'
    sleep 0.3
    same "in flight, $threads threads" "$(server_stats '[.in_flight, .open,
        ([.local["127.0.0.1", "127.0.0.2"].in_flight] | max)] | join(" ")')" \
        "3 3 2"
    kill -INT "$FF_PID"
    ff_wait 130
done
