server_start
exits 0 ff "$URL/" "$URL/" >out
holds "two results" out 'length == 2'
same "requests" "$(server_stats .requests)" 2
