server_start
exits 1 ff "$URL/redirect-to?url=/?&pad=70000" \
    "$URL/redirect-to?url=/?&pad=10000" >out
holds "the one and the other" out 'sort_by(.index) |
    map([.status_code, .error.class, .error.code, .num_redirects]) ==
    [[302, "redirect", "denied", 0], [200, null, null, 1]]'
