# nghttpd ends the handshake.
nghttpd_start -V
exits 1 ff --cacert tls/ca.pem "$H2_URL/" >out
holds "an error of TLS" out '.[0].error.class == "tls"'
exits 0 ff --cacert tls/ca.pem -E tls/client.pem --key tls/client.key \
    "$H2_URL/" >out
