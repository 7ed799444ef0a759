nginx_tls_start 'location / { return 200 ok; }'
for i in $(seq 30); do
    echo "$FOREIGN_URL/$i"
    echo "$GOOD_URL/$i"
    echo "$EXPIRED_URL/$i"
done >list
for threads in 1 2; do
    exits 1 ff --threads "$threads" --limit 12 --cacert tls/ca.pem list >out
    same "verdicts, $threads threads" "$(jq -r '.error.code' out | sort |
        uniq -c | xargs)" "30 cert_expired 30 cert_untrusted 30 null"
done
