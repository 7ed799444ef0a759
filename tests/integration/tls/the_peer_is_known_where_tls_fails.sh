# The code does not depend on how fast the peer fails and what libcurl says of
# it.
server_start
for _ in 1 2 3 4; do
    echo "https://127.0.0.1:$PORT/"
done >list
exits 1 ff --limit 1 list >out
holds "the address and the times are known" out --argjson port "$PORT" \
    'length == 4 and all(.error.class == "tls" and .error.phase == "tls" and
    .remote_ip == "127.0.0.1" and .remote_port == $port and
    .timing.connect != null and .timing.tls != null)'
