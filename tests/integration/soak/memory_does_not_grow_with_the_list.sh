# alone
# timeout: 180
# Peak of 150,000 lines against that of 10,000.
sanitized && skip "a sanitizer keeps freed memory"
server_start
peak_of() {
    urls "$1" "$URL/?" >list
    ff_start list >out
    ff_peak 0
    [ "$(wc -l <out)" -eq "$1" ] || fail "$1 lines in, $(wc -l <out) out"
}
peak_of 10000
small=$PEAK
peak_of 150000
check "growth in kB" test $((PEAK - small)) -lt 10240
