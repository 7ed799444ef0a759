server_start
urls 20 "$URL/redirect-to?url=$URL2/delay/20&id=" >list
exits 0 ff --limit 3 list >out
check "open" test "$(server_stats .most_open)" -le 3
check "in flight" test "$(server_stats .most_in_flight)" -le 3
