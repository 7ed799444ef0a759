server_start
{
    urls 4 "$URL/stall?"
    urls 20 "$URL/delay/100?"
} >list
start_ms=$(now_ms)
exits 1 ff --limit 6 --deadline 3 list >out
took_ms=$(($(now_ms) - start_ms))
check "at its time" test "$took_ms" -ge 2950
check "the run ends soon after the deadline" test "$took_ms" -lt 20000
holds "finished results stay" out 'length == 24 and
    (map(select(.ok)) | length > 0)'
holds "the rest says why" out 'map(select(.ok | not).error) |
    length >= 4 and all(.class == "aborted" and .code == "run_deadline" and
        .retryable)'
server_wait '.open == 0'
