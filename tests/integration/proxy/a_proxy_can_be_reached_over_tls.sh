# nghttpx does the TLS for squid.
need nghttpx
server_start
nginx_tls_start 'location / { return 200 ok; }'
squid_start
port=$(free_port)
PEER_LOG=nghttpx.log start_peer "$port" nghttpx --conf=/dev/null --no-ocsp \
    -f "127.0.0.1,$port" -b "127.0.0.1,$PROXY_PORT" --http2-proxy \
    tls/good.key tls/good.pem ||
    PEER_LOG=nghttpx.log no_peer nghttpx
proxy=https://localhost:$port
exits 0 ff -x "$proxy" --cacert tls/ca.pem "$URL/" "$TLS_URL/" >out
same "squid's log" "$(logged 2 "$SQUID_LOG" | cut -d ' ' -f 1 | sort | xargs)" "CONNECT GET"
# The proxy's certificate is checked, too.
exits 1 ff -x "$proxy" "$URL/" >out
holds "an untrusted certificate is an error" out '.[0].error | .class == "tls" and
    .code == "cert_untrusted"'
exits 0 ff -x "$proxy" -k "$URL/" "$TLS_URL/" >out
