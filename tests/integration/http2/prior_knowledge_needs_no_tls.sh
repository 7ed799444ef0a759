nghttpd_start --no-tls
urls 30 "$H2_URL/?" >list
exits 0 ff --http2-prior-knowledge --limit 3 list >out
holds "all requests go over HTTP/2" out 'length == 30 and
    all(.ok and .http_version == "2")'
# Over TLS it says what ALPN says anyway.
nghttpd_start
urls 30 "$H2_URL/?" >list
exits 0 ff --http2-prior-knowledge --cacert tls/ca.pem --limit 3 list >out
holds "all requests go over HTTP/2" out 'length == 30 and
    all(.ok and .http_version == "2")'
