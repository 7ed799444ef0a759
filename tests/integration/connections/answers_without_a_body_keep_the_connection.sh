server_start
exits 0 ff --limit 1 "$URL/status/204" "$URL/?0" "$URL/chunked/0" \
    "$URL/bytes/0" "$URL/?1" >out
same "accepted" "$(server_stats .accepted)" 1
same "requests" "$(server_stats .requests)" 5
