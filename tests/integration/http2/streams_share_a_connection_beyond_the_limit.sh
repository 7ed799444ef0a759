# 40 requests at once over the one connection that --limit allows: none of them
# is answered before.
server_start
nginx_tls_start "location / { proxy_pass $URL; }" http2
urls 40 "$TLS_URL/?gate=40&id=" >list
exits 0 ff --cacert tls/ca.pem --limit 1 --concurrency 40 list >out
same "connections" "$(nginx_connections)" 1
holds "all requests go over HTTP/2" out 'length == 40 and all(.ok and .http_version == "2")'
holds "on one connection" out '[.[] | select(.connection_reused | not)] |
    length == 1'
