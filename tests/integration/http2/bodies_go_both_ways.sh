server_start
nginx_tls_start "location / { proxy_pass $URL; client_max_body_size 0; }" http2
head -c 300000 /dev/zero | tr '\0' x >body
{
    for i in $(seq 5); do
        jq -nc --arg url "$TLS_URL/echo?$i" --rawfile body body \
            '{url: $url, method: "POST", body: $body}'
        echo "$TLS_URL/bytes/400000?$i"
    done
} >list
exits 0 ff --cacert tls/ca.pem --limit 1 --concurrency 10 --body=text \
    --max-size 2M list >out
same "sent" "$(jq -r 'select(.method == "POST") | .body | fromjson |
    .body_bytes' out | sort -u)" 300000
same "received" "$(jq 'select(.method == "GET").size_body' out | sort -u)" 400000
same "connections" "$(nginx_connections)" 1
