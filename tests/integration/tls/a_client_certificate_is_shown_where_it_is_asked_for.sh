certificates
nginx_tls_start "location / { return 200 \$ssl_client_s_dn; }
    ssl_client_certificate $PWD/tls/ca.pem; ssl_verify_client on;"
exits 0 ff --cacert tls/ca.pem -E tls/client.pem --key tls/client.key --body \
    "$GOOD_URL/" >out
same "the server knows us" "$(jq -r .body out)" "CN=client"
# Both in one file.
cat tls/client.pem tls/client.key >both.pem
exits 0 ff --cacert tls/ca.pem --cert both.pem "$GOOD_URL/" >out
# nginx says so in HTTP.
exits 1 ff --cacert tls/ca.pem "$GOOD_URL/" >out
holds "without one" out '.[0] | .status_code == 400 and .error.class == "http"'
# A key that does not fit, a file that is not there.
exits 1 ff --cacert tls/ca.pem -E tls/client.pem --key tls/good.key \
    "$GOOD_URL/" >out
holds "another's key" out '.[0].error | .class == "tls" and
    .code == "client_cert" and (.retryable | not)'
exits 2 ff --cacert tls/ca.pem -E nowhere.pem "$GOOD_URL/" >out 2>err
check "no file" grep -q -- "--cert must be a file" err
