# timeout: 120
# Now and then nginx 1.26 and OpenSSL 3.5 stop talking to each other, with curl
# too (one run of 300).  The requests on that connection time out then.
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
ff --cacert tls/ca.pem --http3 --happy-eyeballs-delay 1m --limit 4 \
    --concurrency 40 --retry 0 -m 8 --body list >out || same "status" $? 1
holds "each has a result" out \
    'length == 300 and (map(.index) | unique | length) == 300'
holds "each ok one is its own answer, over HTTP/3" out 'map(select(.ok)) |
    length > 0 and all(.http_version == "3" and .attempts == 1 and
        (.method == "HEAD" or (.url | sub(".*/"; "/")) ==
            (.body | fromjson | .target)))'
holds "the others are those of a connection that stopped" out \
    'map(select(.ok | not)) | all(.error.class == "timeout")'
server_log 'select(.event == "request") | .target' | sort >seen
same "requests that it saw twice" "$(uniq -d seen)" ""
jq -c 'select(.ok) | .url | sub(".*/"; "/")' out | sort >answered
same "answers without a request" "$(comm -23 answered seen)" ""
[ "$(wc -l <answered)" -lt 300 ] ||
    check "connections" test "$(cut -d' ' -f1 nginx/h3.log | sort -u | wc -l)" -le 4
