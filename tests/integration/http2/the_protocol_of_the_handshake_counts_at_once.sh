# The first answer takes its time; the others need not wait for it.
server_start
nginx_tls_start "location / { proxy_pass $URL; }" http2
{
    echo "$TLS_URL/delay/2000"
    urls 20 "$TLS_URL/?"
} >list
exits 0 ff --cacert tls/ca.pem --limit 1 --concurrency 30 list >out
holds "theirs came first" out '.[20].index == 0 and
    (.[:20] | all(.http_version == "2"))'
same "connections" "$(nginx_connections)" 1
# Nor do those of a host without HTTP/2 wait, if it may have more connections.
nginx_tls_start "location / { proxy_pass $URL; }"
{
    echo "$TLS_URL/delay/2000"
    urls 20 "$TLS_URL/?"
} >list
exits 0 ff --cacert tls/ca.pem --limit 3 list >out
holds "theirs came first" out '.[20].index == 0 and
    (.[:20] | all(.http_version == "1.1"))'
