# alone
# timeout: 180
# Peak of 150,000 lines against that of 10,000.
sanitized && skip "a sanitizer keeps freed memory"
server_start
peak_of() {
    local peak=0 now
    urls "$1" "$URL/?" >list
    ff_start list >out
    while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' \
        "/proc/$FF_PID/status" 2>/dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.05
    done
    ff_wait 0
    [ "$(wc -l <out)" -eq "$1" ] || fail "$1 lines in, $(wc -l <out) out"
    PEAK=$peak
}
peak_of 10000
small=$PEAK
peak_of 150000
check "growth in kB" test $((PEAK - small)) -lt 10240
