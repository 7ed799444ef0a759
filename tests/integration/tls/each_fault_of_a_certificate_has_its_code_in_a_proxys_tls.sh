# TLS with the server is within that with the proxy.
nginx_tls_start 'location / { return 200 ok; }'
tls_proxy_start
# verdict URL: its error as CLASS CODE PHASE RETRYABLE, or ok.
verdict() {
    ff -x "$TLS_PROXY_URL" --cacert tls/ca.pem --retry 2 --retry-delay 1ms \
        "$1/" >out || :
    jq -r 'if .ok then "ok" else .error |
        "\(.class) \(.code) \(.phase) \(.retryable)" end' out
}
same "good" "$(verdict "$GOOD_URL")" ok
same "expired" "$(verdict "$EXPIRED_URL")" "tls cert_expired tls false"
holds "the message says why" out '.[0] | .attempts == 1 and
    (.error.message | test("has expired"))'
same "not yet valid" "$(verdict "$EARLY_URL")" "tls cert_not_yet_valid tls false"
same "not for servers" "$(verdict "$CLIENT_URL")" "tls cert_untrusted tls false"
same "another name" "$(verdict "$WRONG_URL")" "tls cert_host_mismatch tls false"
same "unknown signer" "$(verdict "$FOREIGN_URL")" "tls cert_untrusted tls false"
for url in "$EXPIRED_URL" "$EARLY_URL" "$FOREIGN_URL" "$CLIENT_URL"; do
    exits 0 ff -x "$TLS_PROXY_URL" -k "$url/" >out
done
