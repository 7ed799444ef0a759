# long
# alone
# timeout: 240
# The same failures happen with any number of threads.  There are twenty hosts,
# since each 503 halves what may be in flight at its own.
export FF_LIMIT=200
server_start
n=10000
for host in $(seq 20); do
    urls $((n / 20)) "http://127.0.0.$host:$PORT/rand?" $((host * n / 20))
done >list
for threads in 1 3; do
    exits 1 ff --threads "$threads" -m 3 --include-headers list >out
    same "lines" "$(wc -l <out)" $n
    check "open at once" test "$(server_stats .most_open)" -le 100
    jq -r '[.index, .status_code, .error.class, .error.code] | @csv' out |
        sort -n >"verdicts.$threads"
    server_wait '.open == 0 and .in_flight == 0'
done
diff verdicts.1 verdicts.3 >&2 || fail "the verdicts differ"
