# The host that the redirect leads to has one connection, which is in use for
# three seconds.
server_start
{
    echo "$URL2/delay/3000"
    echo "$URL/redirect-to?url=$URL2/?hop"
    echo "$URL/?other"
} >list
for threads in 1 2; do
    server_reset
    exits 0 ff --threads "$threads" --limit-per-host 1 list >out
    holds "the hop started after the other request was done" <(server_log) '
        map(select(.event == "request")) |
        (map(select(.target == "/?hop"))[0].ms) >=
            (map(select(.target == "/delay/3000"))[0].done_ms)'
    same "open there" "$(server_stats '.local["127.0.0.2"].most_open')" 1
    holds "the wait is the queue's" out 'map(select(.num_redirects == 1))[0] |
        .time_queue > 0.7 and .time_total < 2.8'
done
