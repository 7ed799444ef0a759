server_start
exits 1 ff "$URL/bad-gzip" >out
jq -c '[.error.class, .error.code, .error.phase, .error.retryable,
    .status_code]' out
