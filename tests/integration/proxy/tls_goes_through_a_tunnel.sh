nginx_tls_start 'location / { return 200 ok; }' http2
squid_start
urls 20 "$TLS_URL/?" >list
exits 0 ff -x "$PROXY_URL" --cacert tls/ca.pem --limit 1 --concurrency 10 \
    list >out
same "squid's log" "$(logged 1 "$SQUID_LOG")" "CONNECT 127.0.0.1:$TLS_PORT 200"
holds "all requests go over HTTP/2" out 'length == 20 and all(.ok and .http_version == "2")'
exits 1 ff -x "$PROXY_URL" --http1.1 "$TLS_URL/" >out
holds "certificates are judged" out '.[0].error | .class == "tls" and
    .code == "cert_untrusted" and .phase == "tls"'
