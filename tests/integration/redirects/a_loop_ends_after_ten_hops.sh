server_start
exits 1 ff "$URL/redirect-loop" >out
jq -c '[.error.class, .error.code, .error.retryable, .num_redirects,
    .status_code]' out
same "requests" "$(server_stats .requests)" 11
