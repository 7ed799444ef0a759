certificates
nginx_tls_start "location / { return 200 \$ssl_client_s_dn; }
    ssl_client_certificate $PWD/tls/ca.pem; ssl_verify_client on;"
exits 0 ff --cacert tls/ca.pem -E tls/client.pem --key tls/client.key --body \
    "$GOOD_URL/" >out
same "the server knows us" "$(jq -r .body out)" "CN=client"
# Certificate and key are in one file.
cat tls/client.pem tls/client.key >both.pem
exits 0 ff --cacert tls/ca.pem --cert both.pem "$GOOD_URL/" >out
# nginx says so in HTTP.
exits 1 ff --cacert tls/ca.pem "$GOOD_URL/" >out
holds "without one" out '.[0] | .status_code == 400 and .error.class == "http"'
# The key does not fit, or the file is missing.
exits 1 ff --cacert tls/ca.pem -E tls/client.pem --key tls/good.key \
    "$GOOD_URL/" >out
holds "another's key" out '.[0].error | .class == "tls" and
    .code == "client_cert" and (.retryable | not)'
exits 2 ff --cacert tls/ca.pem -E nowhere.pem "$GOOD_URL/" >out 2>err
check "no file" grep -q -- "--cert must be a regular file" err
# The key is locked: its password is behind the file's name, and no question is
# asked.
need script
openssl pkey -in tls/client.key -aes256 -passout pass:secret -out locked.key
cat tls/client.pem locked.key >locked.pem
cp locked.pem 'a:b.pem'
for cert in locked.pem:secret 'a\:b.pem:secret'; do
    exits 0 ff --cacert tls/ca.pem -E "$cert" "$GOOD_URL/" >out
done
exits 0 ff --cacert tls/ca.pem -E tls/client.pem:secret --key locked.key \
    "$GOOD_URL/" >out
check "the password is not shown" test "$(grep -c secret out)" -eq 0
for cert in locked.pem locked.pem:wrong a:b.pem; do
    exits 0 script -qec "timeout 10 '$FANFETCH' --progress never --cacert tls/ca.pem \
        -E '$cert' '$GOOD_URL/' >out; [ \$? -eq 1 ]" typescript </dev/null >screen
    same "on the terminal, $cert" "$(tr -d '\r\n' <screen)" ""
    holds "an error, $cert" out '.[0].error | .class == "tls" and
        .code == "client_cert"'
done
