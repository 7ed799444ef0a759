server_start
exits 1 ff "$URL/redirect-no-location" "$URL/redirect-no-location?status=307" \
    "$URL/status/302?header=Location:" >out
norm out | jq -c '[.error.class, .error.code, .status_code]'
# These two statuses are no redirects without a Location.
exits 0 ff "$URL/status/304" "$URL/status/300" >out
# Its body is the record's, as with any other error that a status tells.
exits 1 ff --body "$URL/redirect-no-location" "$URL/status/302" \
    "$URL/redirect-to?url=ftp://x/" >bodies
holds "the body is there, or null where it was dropped" bodies \
    'sort_by(.index) | map(.body) | (.[0] | length) > 0 and
    .[1:] == ["status\n", null]'
