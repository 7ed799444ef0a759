# The environment's proxies count, and so does no_proxy.
server_start
http_proxy=http://127.0.0.1:$(free_port) exits 1 ff "$URL/" >out
holds "the proxy was asked" out '.[0].error.class |
    IN("proxy", "connect")'
http_proxy=http://127.0.0.1:$(free_port) no_proxy=127.0.0.1 \
    exits 0 ff "$URL/" >out
