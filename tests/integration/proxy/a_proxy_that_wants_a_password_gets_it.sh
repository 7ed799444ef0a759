server_start
nginx_tls_start 'location / { return 200 ok; }'
squid_passwords
squid_start "$SQUID_PASSWORDS"
own=${PROXY_URL#http://}
for options in "-x $PROXY_URL -U u:p" "-x http://u:p@$own"; do
    # shellcheck disable=SC2086 # several options
    exits 0 ff $options --cacert tls/ca.pem --body "$URL/echo" "$TLS_URL/" >out
    holds "the server is not told" out \
        '.[] | select(.status_code == 200).body | test("Proxy-Auth|dTpw") | not'
    check "nor is it shown" test "$(grep -c 'u:p@' out)" -eq 0
done
