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
# Names and passwords may have any characters; escapes are decoded.
server_start
for user in 'u:p/q r(s)@t' 'a b/c:p:q' 'u:%70%2f%zz'; do
    exits 0 ff -x "$URL" -U "$user" --body http://a.test/echo >out
    same "sent" "$(jq -r '.body | fromjson | .headers[] |
        select(.[0] == "Proxy-Authorization")[1] | sub("Basic "; "") | @base64d' \
        out)" "${user/'%70%2f'/p/}"
done
for user in 'Bot/1.0 (+https://a.test)' u 'u:p%00'; do
    exits 2 ff -x "$URL" -U "$user" http://a.test/ 2>err
    check "the message says what is allowed, '$user'" grep -q NAME:PASSWORD err
done
