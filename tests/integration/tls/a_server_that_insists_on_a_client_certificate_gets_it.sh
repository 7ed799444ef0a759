# Without one nghttpd ends the connection, with TLS 1.3 when the handshake is
# over: whether its alert is seen first is chance.
nghttpd_start -V
exits 1 ff --cacert tls/ca.pem "$H2_URL/" >out
holds "no answer" out '.[0].status_code == null'
exits 0 ff --cacert tls/ca.pem -E tls/client.pem --key tls/client.key \
    "$H2_URL/" >out
holds "over HTTP/2" out '.[0].http_version == "2"'
