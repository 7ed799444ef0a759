nginx_tls_start 'location / { return 200 ok; }'
# verdict URL [OPTION...]: its error as CLASS CODE PHASE RETRYABLE, or ok.
verdict() {
    local url=$1
    shift
    ff "$@" "$url/" >out || :
    jq -r 'if .ok then "ok" else .error |
        "\(.class) \(.code) \(.phase) \(.retryable)" end' out
}
ca='--cacert tls/ca.pem'
for scheme in '' --http1.1; do
    # shellcheck disable=SC2086 # several options
    {
        same "good" "$(verdict "$GOOD_URL" $ca $scheme)" ok
        same "expired" "$(verdict "$EXPIRED_URL" $ca $scheme)" \
            "tls cert_expired tls false"
        same "not yet valid" "$(verdict "$EARLY_URL" $ca $scheme)" \
            "tls cert_not_yet_valid tls false"
        same "not for servers" "$(verdict "$CLIENT_URL" $ca $scheme)" \
            "tls cert_untrusted tls false"
        same "another name" "$(verdict "$WRONG_URL" $ca $scheme)" \
            "tls cert_host_mismatch tls false"
        same "unknown signer" "$(verdict "$FOREIGN_URL" $ca $scheme)" \
            "tls cert_untrusted tls false"
        same "no certificate is trusted" "$(verdict "$GOOD_URL" $scheme)" \
            "tls cert_untrusted tls false"
    }
    for url in "$GOOD_URL" "$EXPIRED_URL" "$EARLY_URL" "$WRONG_URL" \
        "$FOREIGN_URL" "$CLIENT_URL"; do
        same "insecure" "$(verdict "$url" -k ${scheme:+"$scheme"})" ok
    done
done
