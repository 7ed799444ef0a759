server_start
exits 0 ff --enable-cleanup-closed --limit 1 "$URL/?0" "$URL/?1" >out
same "accepted" "$(server_stats .accepted)" 1
