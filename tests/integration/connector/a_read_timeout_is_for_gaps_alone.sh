server_start
{
    echo "$URL/drip?n=8&gap=150"
    echo "$URL/drip?n=1&gap=0&delay=300"
    echo "$URL/stall-body"
    echo "$URL/stall"
    echo "$URL/stall-headers"
} >list
exits 1 ff --read-timeout 600ms list >out
holds "steady ones are fine, though slower as a whole" out 'sort_by(.index) |
    map(.ok) == [true, true, false, false, false] and .[0].time_total > 1'
holds "the error says which and how long" out '
    map(select(.ok | not).error) | all(.class == "timeout" and
        .code == "read" and .retryable and (.message | test("0[.]600 s")))'
holds "and how far it was" out 'sort_by(.index) |
    map(.error.phase) == [null, null, "receive", "wait", "receive"]'
holds "after that time" out 'map(select(.ok | not).time_total) |
    min > 0.55 and max < 2'
