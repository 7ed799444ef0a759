server_start
exits 0 ff "$URL/" "$URL/http10" >out
norm out | jq -c .http_version
