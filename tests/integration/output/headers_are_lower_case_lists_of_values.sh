server_start
exits 0 ff --include-headers "$URL/headers-bytes" >out
jq -c '.headers | .["x-twice"], .["x-empty"], .["x-utf8"], .["x-escape"],
    .["x-quote"], .["content-type"]' out
check "valid UTF-8" iconv -f UTF-8 -t UTF-8 out -o /dev/null
exits 0 ff "$URL/" >out
holds "not without the option" out '.[0] | has("headers") | not'
