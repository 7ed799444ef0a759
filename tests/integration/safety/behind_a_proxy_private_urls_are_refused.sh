server_start
squid_start
exits 1 ff --deny-private -x "$PROXY_URL" "$URL/" "http://localhost:$PORT/" \
    "http://[::1]:$PORT/" >out 2>err
holds "each private URL is refused" out 'length == 3 and all(.error.code == "private_address")'
check "the limits of the check are reported" grep -q 'sees no addresses' err
same "requests" "$(server_stats .requests)" 0
# Some proxies go by the Host header.
for host in 127.0.0.1 'localhost:80' '2130706433' 'x@127.0.0.1/' '[::1]'; do
    jq -nc --arg host "$host" '{url: "http://www.example/", headers: {$host}}'
done >list
exits 1 ff --deny-private -x "$PROXY_URL" list >out
holds "a record's header" out 'length == 5 and all(.error.class == "blocked" and
    .error.code == "private_address")'
jq -nc '{url: "http://a.example/", headers: {host: "b.example"}}' >list
exits 1 ff --allow-host a.example -x "$PROXY_URL" list >out
holds "of a host that is not allowed" out '.[0].error.code == "host_denied"'
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
