# alone
# timeout: 300
# What a different request costs with --unique: 40 bytes at most; what a
# record costs with --shard: nothing.  Nobody listens there and the host is
# given up at once, so this is about records alone.
sanitized && skip "a sanitizer keeps freed memory"
dead=$(free_port)
seq -f "http://127.0.0.1:$dead/%.0f" 1000000 >list

# peak_of OPTION...: sets PEAK, in kB
peak_of() {
    local peak=0 now
    ff_start --max-host-failures 1 --connect-timeout 1s "$@" list >out
    while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' \
        "/proc/$FF_PID/status" 2>/dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.02
    done
    ff_wait "$WANT"
    PEAK=$peak
}
WANT=1
peak_of --unique
same "a line each" "$(wc -l <out)" 1000000
check "kB in all" test "$PEAK" -lt $((40 * 1000000 / 1024 + 20480))
WANT=0
peak_of --shard 999/1000000
check "kB in all" test "$PEAK" -lt 20480
same "no line" "$(wc -l <out)" 0
