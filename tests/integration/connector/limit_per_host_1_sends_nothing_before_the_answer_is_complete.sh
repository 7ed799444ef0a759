server_start
urls 8 "$URL/drip?n=3&gap=10&id=" >list
for threads in 1 2; do
    server_reset
    exits 0 ff --threads "$threads" --limit 1000 --limit-per-host 1 list >out
    same "accepted, $threads threads" "$(server_stats .accepted)" 1
    holds "each request comes after the one before it" <(server_log) '
        map(select(.event == "request")) |
        [range(1; length) as $i | .[$i].ms >= .[$i - 1].done_ms] |
        length == 7 and all'
done
