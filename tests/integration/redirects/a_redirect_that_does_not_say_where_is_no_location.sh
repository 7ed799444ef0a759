server_start
exits 1 ff "$URL/redirect-no-location" "$URL/redirect-no-location?status=307" \
    "$URL/status/302?header=Location:" >out
norm out | jq -c '[.error.class, .error.code, .status_code]'
# These two statuses are no redirects without a Location.
exits 0 ff "$URL/status/304" "$URL/status/300" >out
