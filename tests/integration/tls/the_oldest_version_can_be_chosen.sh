nginx_tls_start 'location / { return 200 $ssl_protocol; } ssl_protocols TLSv1.2;'
exits 0 ff --cacert tls/ca.pem --body "$GOOD_URL/" >out
same "version" "$(jq -r .body out)" TLSv1.2
exits 0 ff --cacert tls/ca.pem --tls-min 1.2 "$GOOD_URL/" >out
exits 1 ff --cacert tls/ca.pem --tls-min 1.3 "$GOOD_URL/" >out
holds "no version in common" out '.[0].error | .class == "tls" and
    .code == "no_common_version" and .phase == "tls" and (.retryable | not)'
exits 2 ff --tls-min 1.4 "$GOOD_URL/" >out 2>err
# It counts for a proxy, too.
exits 0 ff --cacert tls/ca.pem -x "$GOOD_URL" --tls-min 1.2 http://a.test/ >out
exits 1 ff --cacert tls/ca.pem -x "$GOOD_URL" --tls-min 1.3 http://a.test/ >out
holds "no version in common with the proxy" out '.[0].error | .class == "tls" and
    .code == "no_common_version"'
# OpenSSL 3 does not take the signatures of TLS 1.1.
port=$(free_port)
PEER_LOG=old.log start_peer "$port" openssl s_server -quiet -www -tls1_1 \
    -accept "127.0.0.1:$port" -cert tls/good.pem -key tls/good.key \
    -cipher DEFAULT@SECLEVEL=0 || PEER_LOG=old.log no_peer openssl
exits 1 ff --cacert tls/ca.pem "https://127.0.0.1:$port/" >out
holds "no version in common with an old server" out '.[0].error |
    .class == "tls" and .code == "no_common_version" and (.retryable | not)'
