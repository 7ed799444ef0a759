server_start
exits 0 ff --limit 1 "$URL/redirect/4" >out
same "accepted" "$(server_stats .accepted)" 1
