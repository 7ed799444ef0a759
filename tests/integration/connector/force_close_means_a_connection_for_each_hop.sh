server_start
exits 0 ff --force-close "$URL/redirect/2" >out
same "accepted" "$(server_stats .accepted)" 3
same "requests" "$(server_stats .requests)" 3
same "requests on a connection" "$(server_log 'select(.event == "request").nth' |
    sort -u)" 1
