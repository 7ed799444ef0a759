# No path is changed, except for dot segments, as with curl.
server_start
exits 0 ff --body "$URL/echo/%41%2f//x?q=%20&r=a+b" >out
holds "target" out '.[0].body | fromjson |
    .target == "/echo/%41%2f//x?q=%20&r=a+b"'
