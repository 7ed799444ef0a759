# dnsmasq asks a server that never answers for all below .dead.test.
mute_start
server_start
dnsmasq_start --address=/alive.test/127.0.0.1 \
    --server="/dead.test/127.0.0.1#$MUTE_PORT"
for i in $(seq 100); do
    echo "http://$((i % 10)).dead.test:$PORT/?$i"
    echo "http://$i.alive.test:$PORT/"
done >list
start_ms=$(now_ms)
exits 1 ff --dns-servers "$DNS" --limit 10 --connect-timeout 3 list >out
took_ms=$(($(now_ms) - start_ms))
holds "the others are fetched" out 'map(select(.url | test("alive"))) |
    length == 100 and all(.ok)'
holds "they do not wait for these" out '.[:100] | all(.ok)'
# c-ares >= 1.32 learns from quick answers and may give a name up itself after
# about three seconds.
holds "these are timed out" out 'map(select(.url | test("dead"))) |
    length == 100 and all(.error.phase == "dns" and .time_total < 15 and
        (.error.class == "dns" and .error.retryable or
            .error.class == "timeout" and .error.code == "connect" and
            .time_total > 2.95))'
check "all at the same time, and the end is not held up" \
    test "$took_ms" -lt 20000
