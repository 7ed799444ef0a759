# alone
# timeout: 120
# The bytes of memory are measured, also for a sharded list with gaps between
# the indices.  Nothing is fetched, as all results are there.  There are RESULTS
# of them (300,000).
sanitized && skip "a sanitizer keeps freed memory"
n=${RESULTS:-300000}
most=$((16 * n / 1024 + 4096))
results() {
    awk -v step="$1" -v n="$n" 'BEGIN {
        for (i = 0; i < n; i++)
            printf "{\"index\":%d,\"id\":null,\"url\":\"http://127.0.0.1:1/%d\"" \
                ",\"ok\":true,\"error\":null}\n", i * step, i * step
    }'
}
seq -f "http://127.0.0.1:1/%.0f" 0 $((n - 1)) >list
peak_of 0 --shard 999/1000000 list
empty=$PEAK

results 1 >out
peak_of 0 --resume -o out list
same "nothing was added" "$(wc -l <out)" "$n"
echo "$PEAK kB, $empty without results" >&2
check "kB in all" test $((PEAK - empty)) -lt "$most"

results 50 >out
peak_of 0 --resume --shard 999/1000000 -o out list
echo "$PEAK kB with gaps" >&2
check "with gaps" test $((PEAK - empty)) -lt "$most"
