server_start
nginx_tls_start "location / { return 302 $URL/echo; }" http2
echo 'machine 127.0.0.1 login u password p' >.netrc
chmod 600 .netrc
for options in "-u u:p" "--oauth2-bearer token" "--netrc" \
    "-H Authorization:x" "-b a=1" "-H Cookie:a=1"; do
    # shellcheck disable=SC2086 # several options
    exits 0 ff --cacert tls/ca.pem $options --body "$TLS_URL/" >out
    same "$options" "$(jq -r '.body | fromjson | .headers[] | .[0] |
        select(IN("Authorization", "Cookie"))' out)" ""
done
# Credentials do not follow from plain to TLS either, since that is another
# origin.
nginx_tls_start "location / { return 200 '{\$http_authorization}{\$http_cookie}'; }"
for options in "-u u:p" "--oauth2-bearer token" "--netrc" \
    "-H Authorization:x" "-b a=1" "-H Cookie:a=1"; do
    # shellcheck disable=SC2086 # several options
    exits 0 ff --cacert tls/ca.pem $options --body \
        "$URL/redirect-to?url=$TLS_URL/" >out
    same "from plain to TLS, $options" "$(jq -r .body out)" "{}{}"
done
exits 0 ff --cacert tls/ca.pem --digest -u u:p --body "$TLS_URL/" >out
