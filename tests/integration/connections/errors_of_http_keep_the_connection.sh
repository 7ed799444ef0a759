server_start
exits 1 ff --limit 1 "$URL/status/404" "$URL/status/500" "$URL/" >out
same "accepted" "$(server_stats .accepted)" 1
