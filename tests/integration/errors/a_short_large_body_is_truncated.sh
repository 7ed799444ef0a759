server_start
exits 1 ff "$URL/truncated?size=1000000" >out
jq -c '[.error.class, .error.code, .error.phase, .error.retryable,
    .status_code]' out
