server_start
exits 0 ff --max-redirects 0 "$URL/redirect/5" "$URL/redirect-no-location" >out
norm out | jq -c '[.ok, .status_code, .num_redirects]'
same "requests" "$(server_stats .requests)" 2
