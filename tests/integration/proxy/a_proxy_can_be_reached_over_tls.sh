server_start
nginx_tls_start 'location / { return 200 ok; }'
tls_proxy_start
proxy=$TLS_PROXY_URL
exits 0 ff -x "$proxy" --cacert tls/ca.pem "$URL/" "$TLS_URL/" >out
same "squid's log" "$(logged 2 "$SQUID_LOG" | cut -d ' ' -f 1 | sort | xargs)" "CONNECT GET"
# The proxy's certificate is checked, too.
exits 1 ff -x "$proxy" "$URL/" >out
holds "an untrusted certificate is an error" out '.[0].error | .class == "tls" and
    .code == "cert_untrusted"'
exits 0 ff -x "$proxy" -k "$URL/" "$TLS_URL/" >out
