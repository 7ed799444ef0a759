# As with curl: CURL_CA_BUNDLE before SSL_CERT_FILE and SSL_CERT_DIR, and none of
# them if an option names authorities.
nginx_tls_start 'location / { return 200 ok; }'
mkdir folder
cp tls/ca.pem "folder/$(openssl x509 -in tls/ca.pem -noout -hash).0"
unset SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE
exits 1 ff "$GOOD_URL/" >out
holds "the system's do not know it" out '.[0].error.code == "cert_untrusted"'
SSL_CERT_FILE=tls/ca.pem exits 0 ff "$GOOD_URL/" >out
SSL_CERT_DIR=folder exits 0 ff "$GOOD_URL/" >out
CURL_CA_BUNDLE=tls/ca.pem SSL_CERT_FILE=missing exits 0 ff "$GOOD_URL/" >out
SSL_CERT_FILE='' SSL_CERT_DIR=folder exits 0 ff "$GOOD_URL/" >out
SSL_CERT_FILE=missing exits 0 ff --cacert tls/ca.pem "$GOOD_URL/" >out
SSL_CERT_FILE=missing exits 1 ff "$GOOD_URL/" >out
holds "a missing file is told" out '.[0].error.code == "ca_file"'
SSL_CERT_FILE=tls/ca.pem exits 0 ff -k --tls-info "$GOOD_URL/" >out
holds "valid by these" out '.[0].tls.verified'
