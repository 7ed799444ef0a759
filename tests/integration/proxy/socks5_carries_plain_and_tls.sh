server_start
nginx_tls_start 'location / { return 200 ok; }' http2
socks_start
for scheme in socks5 socks5h; do
    exits 0 ff -x "$scheme://$SOCKS_ADDR" --cacert tls/ca.pem \
        "$URL/" "$TLS_URL/" >out
done
same "connected by the proxy" "$(sed -n 's/.* connected to //p' socks.log |
    sort | uniq -c | xargs)" "$(printf '%s\n' "2 127.0.0.1:$PORT" \
    "2 127.0.0.1:$TLS_PORT" | sort -k 2 | xargs)"
# The server speaks only SOCKS 5.
for scheme in socks4 socks4a; do
    exits 1 ff -x "$scheme://$SOCKS_ADDR" "$URL/" >out
    holds "an error of the proxy, $scheme" out '.[0].error.class == "proxy"'
done
