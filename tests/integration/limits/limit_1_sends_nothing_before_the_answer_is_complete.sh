server_start
for limits in "--limit 1" "--limit 1 --limit-per-host 10"; do
    server_reset
    # shellcheck disable=SC2086 # several options
    urls 10 "$URL/drip?n=3&gap=10&id=" | exits 0 ff $limits >out
    holds "each request comes after the one before it is done, $limits" <(server_log) '
        map(select(.event == "request")) |
        [range(1; length) as $i | .[$i].ms >= .[$i - 1].done_ms] |
        length == 9 and all'
done
