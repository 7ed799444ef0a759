server_start
exits 1 ff "$URL/empty" "$URL/reset" >out
same "requests" "$(server_stats .requests)" 2
