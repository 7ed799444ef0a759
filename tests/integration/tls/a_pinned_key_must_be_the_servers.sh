nginx_tls_start 'location / { return 200 ok; }'
pin() {
    openssl x509 -in "tls/$1.pem" -noout -pubkey |
        openssl pkey -pubin -outform der | openssl dgst -sha256 -binary |
        base64
}
openssl x509 -in tls/good.pem -noout -pubkey >good.pub
for pins in "sha256//$(pin good)" "sha256//$(pin wrong);sha256//$(pin good)" \
    good.pub; do
    exits 0 ff --cacert tls/ca.pem --pinnedpubkey "$pins" "$GOOD_URL/" >out
done
for options in "--cacert tls/ca.pem" -k; do
    # shellcheck disable=SC2086 # several options
    exits 1 ff $options --pinnedpubkey "sha256//$(pin wrong)" "$GOOD_URL/" >out
    holds "another key" out '.[0].error | .class == "tls" and
        .code == "pin_mismatch" and .phase == "tls" and (.retryable | not)'
done
