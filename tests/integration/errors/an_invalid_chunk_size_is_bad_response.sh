server_start
exits 1 ff "$URL/bad-chunk" >out
jq -c '[.error.class, .error.code, .error.phase, .status_code]' out
