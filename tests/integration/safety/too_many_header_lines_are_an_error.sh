# Too many, though they are few bytes; and as many as are fine.
server_start
exits 1 ff "$URL/header-lines?n=6000" "$URL/header-lines?n=4000" >out
holds "both" out 'sort_by(.index) |
    map(.error.code) == ["header_too_large", null]'
