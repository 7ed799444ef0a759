server_start
exits 1 ff "$URL/redirect-to?url=http://" "$URL/redirect-to?url=http://%5B::1" \
    "$URL/redirect-to?url=http://127.0.0.1:99999/" "$URL/" >out
holds "four results, one ok" out 'length == 4 and
    (map(select(.ok).index) == [3])'
holds "of the redirect" out 'all(.ok or .error.class == "redirect")'
