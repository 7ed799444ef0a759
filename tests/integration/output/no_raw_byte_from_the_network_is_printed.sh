# Control bytes in headers, bodies and broken answers come out escaped.
server_start
ff --body --include-headers "$URL/headers-bytes" "$URL/garbage" \
    "$URL/raw?text=HTTP/1.1%20200%20%1b%5b2J%07OK%0d%0aContent-Type:%20%1b%5dx%0d%0a%0d%0a%1b%5b0m%9b" \
    "$URL/redirect-to?url=gopher://%1b%5b31m/" >out 2>err || :
check "none on stdout" test -z "$(tr -d '\n -~\200-\377' <out)"
check "none on stderr" test -z "$(tr -d '\n -~' <err)"
check "valid UTF-8" iconv -f UTF-8 -t UTF-8 out -o /dev/null
holds "four results" out 'length == 4'
