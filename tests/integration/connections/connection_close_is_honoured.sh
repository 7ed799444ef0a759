server_start
exits 0 ff --limit 1 "$URL/?close=1" "$URL/http10" "$URL/no-length" "$URL/" >out
same "accepted" "$(server_stats .accepted)" 4
