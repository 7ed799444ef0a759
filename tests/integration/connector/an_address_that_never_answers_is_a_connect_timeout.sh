own_network "$@"
silent_address 198.18.0.2
server_start
start_ms=$(now_ms)
{
    urls 20 "http://198.18.0.2/?"
    urls 50 "$URL/?" 20
} | exits 1 ff --limit 30 --connect-timeout 3 >out
took_ms=$(($(now_ms) - start_ms))
check "all of them at once" test "$took_ms" -lt 20000
holds "after 3 s" out 'map(select(.ok | not)) | length == 20 and
    all(.time_total > 2.95 and .time_total < 15 and .attempts == 1)'
holds "which, where and how long" out 'map(select(.ok | not).error) |
    all(.class == "timeout" and .code == "connect" and .phase == "connect" and
        .retryable and (.message | test("connect timeout after [0-9.]+ s")))'
holds "the others did not wait for them" out '.[:50] | all(.ok)'
