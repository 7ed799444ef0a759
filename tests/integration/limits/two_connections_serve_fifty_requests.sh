server_start
urls 50 "$URL/?gate=2&id=" | exits 0 ff --limit 2 >out
same "accepted" "$(server_stats .accepted)" 2
same "requests" "$(server_stats .requests)" 50
