# nginx ends a connection after 100 requests, with its last answers: libcurl 8.14
# looked at the end first, and 8.23 with ngtcp2 at nothing else.  And it answers
# a POST without reading it.
need_http3
certificates
port=$(free_port)
# shellcheck disable=SC2016 # nginx's variables
nginx_start 'location / { return 404; }' '
    log_format request "$request_method $uri $remote_port";
    server { keepalive_requests 100;'"
        listen 127.0.0.1:$port quic; listen 127.0.0.1:$port ssl;
        ssl_certificate $PWD/tls/good.pem; ssl_certificate_key $PWD/tls/good.key;
        access_log h3.log request;"'
        location / { return 200 "$uri"; } }'
for i in $(seq 333); do
    echo "{\"url\":\"https://127.0.0.1:$port/p$i\",\"body\":\"$i\"}"
    echo "{\"url\":\"https://127.0.0.1:$port/g$i\"}"
    echo "{\"url\":\"https://127.0.0.1:$port/h$i\",\"method\":\"HEAD\"}"
done >list
exits 0 ff --cacert tls/ca.pem --http3 --happy-eyeballs-delay 1m --limit 4 \
    --concurrency 40 -m 30 --body list >out
holds "each is answered" out 'length == 999 and all(.ok and
    (.method == "HEAD" or .body == (.url | sub("https://[^/]*"; ""))))'
cut -d" " -f1,2 nginx/h3.log | sort >seen
same "requests" "$(wc -l <seen)" 999
same "requests that it saw twice" "$(uniq -d seen)" ""
# Ten would do.
check "connections" test "$(cut -d" " -f3 nginx/h3.log | sort -u | wc -l)" -le 25
