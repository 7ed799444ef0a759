server_start
exits 0 ff --limit 1 "$URL/drop-second/reset?0" "$URL/drop-second/reset?1" >out
same "requests" "$(server_stats .requests)" 3
