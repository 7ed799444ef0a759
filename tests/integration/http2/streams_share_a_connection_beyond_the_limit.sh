# 40 requests at once over the one connection that --limit allows.
server_start
nginx_tls_start "location / { proxy_pass $URL; }" http2
urls 40 "$TLS_URL/delay/300?" >list
exits 0 ff --cacert tls/ca.pem --limit 1 --concurrency 40 list >out
same "connections" "$(nginx_connections)" 1
# The first request goes alone, until it is known that the rest may follow.
check "at once" test "$(server_stats .most_in_flight)" -ge 39
holds "all requests go over HTTP/2" out 'length == 40 and all(.ok and .http_version == "2")'
holds "on one connection" out '[.[] | select(.connection_reused | not)] |
    length == 1'
