server_start
{
    echo "$URL/drip?n=10&gap=300"
    echo "$URL/drip?n=1&gap=0&delay=900"
    echo "$URL/stall-body"
    echo "$URL/stall"
    echo "$URL/stall-headers"
    # The server sends a byte every 50 ms, so a header line takes longer than a
    # gap may.
    echo "$URL/raw?gap=50&text=HTTP/1.0%20200%20OK%0D%0AServer:%20a-long-name-with-more-than-forty-bytes-in-it%0D%0A%0D%0Aok"
} >list
exits 1 ff --read-timeout 2 list >out
holds "steady ones are fine, though slower as a whole" out 'sort_by(.index) |
    map(.ok) == [true, true, false, false, false, true] and .[0].time_total > 2'
holds "the error says which and how long" out '
    map(select(.ok | not).error) | all(.class == "timeout" and
        .code == "read" and .retryable and (.message | test("2[.]000 s")))'
holds "the error says how far the transfer was" out 'sort_by(.index) |
    map(.error.phase) == [null, null, "receive", "wait", "receive", null]'
holds "after that time" out 'map(select(.ok | not).time_total) |
    min > 1.95 and max < 10'
