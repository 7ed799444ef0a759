# Too much in few lines, whatever libcurl's own bound is; and as much as is fine.
server_start
exits 1 ff "$URL/header-lines?n=3&size=90000" "$URL/header-lines?n=6&size=90000" \
    "$URL/header-lines?n=2&size=90000" >out
holds "all" out 'sort_by(.index) | map(.error.code) ==
    ["header_too_large", "header_too_large", null]'
