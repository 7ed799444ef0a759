server_start
peak_of() {
    local now
    ff_start "$@" >out
    while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' \
        "/proc/$FF_PID/status" 2>/dev/null) && [ -n "$now" ]; do
        PEAK=$now
        sleep 0.02
    done
    ff_wait 0
}
peak_of "$URL/bytes/300000000" "$URL/bomb?size=300000000"
holds "all of both was read" out 'all(.size_body == 300000000)'
sanitized || check "memory in kB" test "$PEAK" -lt 60000
