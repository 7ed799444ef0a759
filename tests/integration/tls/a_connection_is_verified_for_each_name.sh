# Both names lead to one server, whose certificate is good for one of them.
nginx_tls_start 'location / { return 200 ok; }' http2
for name in good evil; do
    resolve+=(--resolve "$name.test:$TLS_PORT:127.0.0.1")
done
for i in 1 2 3; do
    echo "https://good.test:$TLS_PORT/$i"
    echo "https://evil.test:$TLS_PORT/$i"
done >list
exits 1 ff --cacert tls/ca.pem "${resolve[@]}" --limit 1 list >out
same "verdicts" "$(jq -r '"\(.index) \(.error.code)"' out | sort | xargs)" \
    "0 null 1 cert_host_mismatch 2 null 3 cert_host_mismatch 4 null 5 cert_host_mismatch"
same "nothing was sent to the other" "$(logged 3 nginx/access.log | wc -l)" 3
