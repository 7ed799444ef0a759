# Too many bytes in few lines are an error, whatever libcurl's own bound is; the
# greatest allowed size is fine.
server_start
exits 1 ff "$URL/header-lines?n=3&size=90000" "$URL/header-lines?n=6&size=90000" \
    "$URL/header-lines?n=2&size=90000" >out
holds "all" out 'sort_by(.index) | map(.error.code) ==
    ["header_too_large", "header_too_large", null]'
