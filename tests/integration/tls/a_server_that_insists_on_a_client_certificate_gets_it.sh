# Without a certificate nghttpd ends the connection, with TLS 1.3 after the
# handshake, so its alert may or may not be seen first.
nghttpd_start -V
exits 1 ff --cacert tls/ca.pem "$H2_URL/" >out
holds "no answer" out '.[0].status_code == null'
exits 0 ff --cacert tls/ca.pem -E tls/client.pem --key tls/client.key \
    "$H2_URL/" >out
holds "over HTTP/2" out '.[0].http_version == "2"'
# openssl's server waits until its alert is read.
for version in tls1_2 tls1_3; do
    port=$(free_port)
    PEER_LOG=openssl.log start_peer "$port" openssl s_server -www -quiet \
        -accept "$port" -cert tls/good.pem -key tls/good.key "-$version" \
        -Verify 1 -verify_return_error -CAfile tls/ca.pem ||
        PEER_LOG=openssl.log no_peer openssl
    exits 1 ff --cacert tls/ca.pem "https://127.0.0.1:$port/" >out
    holds "none, $version" out --arg version "$version" '.[0].error |
        .class == "tls" and (.code == "client_cert_required" or
            $version == "tls1_2" and .code == "handshake_failed")'
    exits 1 ff --cacert tls/ca.pem -E tls/foreign.pem --key tls/foreign.key \
        "https://127.0.0.1:$port/" >out
    holds "a stranger's, $version" out '.[0].error | .class == "tls" and
        .code == "client_cert_rejected" and (.retryable | not)'
    exits 0 ff --cacert tls/ca.pem -E tls/client.pem --key tls/client.key \
        "https://127.0.0.1:$port/" >out
done
