server_start
exits 1 ff --max-redirects 2 "$URL/redirect/5" >out
jq -c '[.error.class, .error.code, .num_redirects, .status_code]' out
same "requests" "$(server_stats .requests)" 3
exits 0 ff --max-redirects 2 "$URL/redirect/2" >out
