server_start
urls 10 "$URL/drip?n=3&gap=10&id=" | exits 0 ff --limit 1 >out
check "each request comes after the one before it is done" test "$(
    server_log 'select(.event == "request")' | jq -s '
        [range(1; length) as $i | .[$i].ms >= .[$i - 1].done_ms] | all'
)" = true
