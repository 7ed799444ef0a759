# POSTs open a connection each and leave it behind.  With --connect-to and with
# a proxy, several hosts are one to libcurl, which then does not count them.
server_start
squid_start
relay_start "$PROXY_PORT"
nginx_tls_start 'location / { return 200 ok; }'
# posts URL: requests that open a connection, and such that take what is there.
posts() {
    for i in $(seq 20); do
        jq -nc --arg url "$1/?$i" '{url: $url, method: "POST", body: "x"}'
        echo "$1/?get$i"
    done
}
for limit in 1 3; do
    for host in a b; do
        posts "http://$host.test:$PORT"
    done >list
    server_reset
    exits 0 ff --limit-per-host "$limit" --connect-to "::127.0.0.1:$PORT" \
        list >out
    for host in a b; do
        most=$(server_stats ".host[\"$host.test:$PORT\"].most_open")
        check "open at $host: $most of $limit" test "$most" -le "$limit"
    done
    for url in "$URL" "$TLS_URL"; do
        posts "$url" >list
        relay_reset
        exits 0 ff --limit-per-host "$limit" -x "http://127.0.0.1:$RELAY_PORT" \
            -k --http1.1 list >out
        most=$(relayed most)
        check "open at the proxy for $url: $most of $limit" \
            test "$most" -le "$limit"
    done
done
