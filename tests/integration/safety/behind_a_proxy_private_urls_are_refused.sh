server_start
squid_start
exits 1 ff --deny-private -x "$PROXY_URL" "$URL/" "http://localhost:$PORT/" \
    "http://[::1]:$PORT/" >out 2>err
holds "each private URL is refused" out 'length == 3 and all(.error.code == "private_address")'
check "the limits of the check are reported" grep -q 'sees no addresses' err
same "requests" "$(server_stats .requests)" 0
# If names are looked up here, their addresses are checked.
socks_start
exits 1 ff --deny-private -x "socks5://$SOCKS_ADDR" \
    --resolve "inside.test:$PORT:127.0.0.1" "http://inside.test:$PORT/" \
    >out 2>err
holds "through SOCKS" out '.[0].error.code == "private_address"'
check "no message is printed" test ! -s err
exits 1 ff --deny-private -x "socks5h://$SOCKS_ADDR" \
    "http://localhost:$PORT/" >out 2>err
holds "a name that means here" out '.[0].error.code == "private_address"'
same "requests" "$(server_stats .requests)" 0
