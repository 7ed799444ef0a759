# On one connection, the second request fails in the same way, and the third is
# fine.
nginx_tls_start 'location / { return 200 ok; }'
exits 1 ff --limit 1 --cacert tls/ca.pem "$FOREIGN_URL/1" "$FOREIGN_URL/2" \
    "$GOOD_URL/" >out
same "verdicts" "$(jq -r '"\(.index) \(.error.code)"' out | sort | xargs)" \
    "0 cert_untrusted 1 cert_untrusted 2 null"
