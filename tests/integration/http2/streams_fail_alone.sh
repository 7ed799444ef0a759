# The server drops one stream, and one is too late, among others.
server_start
nginx_tls_start "location / { proxy_pass $URL; }" http2
{
    urls 10 "$TLS_URL/delay/200?"
    echo "$TLS_URL/truncated?size=100000"
    echo "{\"url\":\"$TLS_URL/delay/3000\",\"timeout\":0.5}"
    urls 10 "$TLS_URL/delay/400?" 10
} | exits 1 ff --cacert tls/ca.pem --limit 1 --concurrency 30 >out
holds "these two" out 'map(select(.ok | not)) | length == 2 and
    (map(.error.code) | sort | .[1]) == "total"'
same "connections" "$(nginx_connections)" 1
