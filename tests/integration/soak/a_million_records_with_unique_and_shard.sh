# alone
# timeout: 300
# A different request costs 40 bytes at most with --unique, and a record nothing
# with --shard.  No server listens there and the host is given up at once, so
# only records are measured.
sanitized && skip "a sanitizer keeps freed memory"
dead=$(free_port)
seq -f "http://127.0.0.1:$dead/%.0f" 1000000 >list

options=(--max-host-failures 1 --connect-timeout 1s)
peak_of 1 "${options[@]}" --unique list >out
same "a line each" "$(wc -l <out)" 1000000
check "kB in all" test "$PEAK" -lt $((40 * 1000000 / 1024 + 20480))
peak_of 0 "${options[@]}" --shard 999/1000000 list >out
check "kB in all" test "$PEAK" -lt 20480
same "no line" "$(wc -l <out)" 0
