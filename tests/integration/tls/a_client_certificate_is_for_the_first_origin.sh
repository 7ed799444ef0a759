# A redirect to another port is sent without the certificate, one to the same
# port with it.
certificates
nginx_tls_start "location / { return 200 \"[\$ssl_client_s_dn]\"; }
    location /go { return 302 \$arg_to; }
    ssl_client_certificate $PWD/tls/ca.pem; ssl_verify_client optional;"
cat tls/client.pem tls/client.key >both.pem
# The other server's certificate is a client's, so it is not verified.
shown() {
    exits 0 ff -k "$@" --body >out
    jq -r .body out
}
for options in "-E tls/client.pem --key tls/client.key" "-E both.pem"; do
    # shellcheck disable=SC2086 # several options
    {
        same "the same" "$(shown $options "$GOOD_URL/go?to=/")" "[CN=client]"
        same "another" "$(shown $options "$GOOD_URL/go?to=$CLIENT_URL/")" "[]"
        same "trusted" "$(shown $options --location-trusted \
            "$GOOD_URL/go?to=$CLIENT_URL/")" "[CN=client]"
    }
done
# No connection that was opened with the certificate is used again.
exits 0 ff -k -E both.pem --body --limit 1 "$CLIENT_URL/" \
    "$GOOD_URL/go?to=$CLIENT_URL/" >out
same "a kept connection" "$(jq -sr 'sort_by(.index)[].body' out | xargs)" \
    "[CN=client] []"
