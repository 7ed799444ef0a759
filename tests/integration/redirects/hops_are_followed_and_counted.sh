server_start
exits 0 ff "$URL/redirect/3" "$URL/redirect/1?abs=1" "$URL/" >out
norm out | jq -c '[.num_redirects, .status_code, .url, .url_effective, .attempts]'
