nginx_tls_start 'location / { return 200 ok; }'
echo nonsense >bad.pem
exits 1 ff --cacert bad.pem "$GOOD_URL/" >out
holds "of ours" out '.[0].error | .class == "tls" and .code == "ca_file" and
    (.retryable | not)'
