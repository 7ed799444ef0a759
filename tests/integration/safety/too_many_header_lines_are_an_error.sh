# Too many lines with few bytes are an error; the greatest allowed number is
# fine.
server_start
exits 1 ff "$URL/header-lines?n=6000" "$URL/header-lines?n=4000" >out
holds "both" out 'sort_by(.index) |
    map(.error.code) == ["header_too_large", null]'
