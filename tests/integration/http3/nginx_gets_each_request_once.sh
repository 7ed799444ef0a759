# timeout: 120
need_http3
server_start
certificates
port=$(free_port)
nginx_start 'location / { return 404; }' "
    log_format peers '\$remote_port \$server_protocol';
    server { listen 127.0.0.1:$port quic; listen 127.0.0.1:$port ssl;
        ssl_certificate $PWD/tls/good.pem; ssl_certificate_key $PWD/tls/good.key;
        access_log h3.log peers;
        location / { proxy_pass $URL; } }"
for i in $(seq 100); do
    echo "{\"url\":\"https://127.0.0.1:$port/echo?g$i\"}"
    echo "{\"url\":\"https://127.0.0.1:$port/echo?h$i\",\"method\":\"HEAD\"}"
    echo "{\"url\":\"https://127.0.0.1:$port/echo?p$i\",\"body\":\"$i\"}"
done >list
# On a busy machine HTTP/2 would be tried, too, before HTTP/3 has connected.
exits 0 ff --cacert tls/ca.pem --http3 --happy-eyeballs-delay 1m --limit 4 \
    --concurrency 40 --retry 0 --body list >out
holds "each is answered over HTTP/3" out 'length == 300 and
    all(.ok and .http_version == "3" and .attempts == 1 and
        (.method == "HEAD" or (.url | sub(".*/"; "/")) ==
            (.body | fromjson | .target)))'
server_log 'select(.event == "request") | .target' | sort >seen
same "requests that it saw twice" "$(uniq -d seen)" ""
same "requests that it saw" "$(wc -l <seen)" 300
check "connections" test "$(cut -d' ' -f1 nginx/h3.log | sort -u | wc -l)" -le 4
