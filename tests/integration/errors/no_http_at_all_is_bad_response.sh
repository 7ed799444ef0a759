server_start
exits 1 ff "$URL/garbage" >out
jq -c '[.error.class, .error.code, .error.phase, .status_code]' out
