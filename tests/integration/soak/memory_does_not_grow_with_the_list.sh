# long
# alone
# timeout: 180
# The peak of 150,000 lines is compared with that of 10,000.
sanitized && skip "a sanitizer keeps freed memory"
server_start
peak_with() {
    urls "$1" "$URL/?" >list
    peak_of 0 list >out
    [ "$(wc -l <out)" -eq "$1" ] || fail "$1 lines in, $(wc -l <out) out"
}
peak_with 10000
small=$PEAK
peak_with 150000
check "growth in kB" test $((PEAK - small)) -lt 10240
