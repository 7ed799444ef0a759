server_start
exits 1 ff -m 2 "$URL/drip?n=0&gap=50" >out
jq -c '[.error.class, .error.code, .error.phase, .error.retryable,
    .status_code]' out
