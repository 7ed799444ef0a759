server_start
exits 1 ff -m 2 "$URL/stall-headers" >out
jq -c '[.error.class, .error.code, .error.phase, .error.retryable,
    .status_code]' out
