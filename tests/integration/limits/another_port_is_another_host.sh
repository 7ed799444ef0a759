server_start
urls 6 "$URL/delay/300?" >list
server_start
urls 6 "$URL/delay/300?" >>list
start=$(now_ms)
exits 0 ff --limit-per-host 3 list >out
same "open at the second" "$(server_stats .most_open)" 3
check "both at once" test $(($(now_ms) - start)) -lt 1500
