# 40 hosts share 4 connections: idle ones are closed first.  libcurl opens one
# UDP socket for each.
# timeout: 120
need_http3
need strace
! sanitized || skip "a sanitizer does not run under strace"
server_start
certificates
port=$(free_port)
nginx_start 'location / { return 404; }' "
    server { listen 127.0.0.1:$port quic; listen 127.0.0.1:$port ssl;
        ssl_certificate $PWD/tls/good.pem; ssl_certificate_key $PWD/tls/good.key;
        location / { proxy_pass $URL; } }"
resolve=()
for i in {0..39}; do
    resolve+=(--resolve "h$i.test:$port:127.0.0.1")
done
for i in {1..600}; do
    echo "https://h$((i % 40)).test:$port/echo?$i"
done >list
strace -f -o calls -e trace=socket,close "$FANFETCH" -k "${resolve[@]}" \
    --http3 --happy-eyeballs-delay 1m --limit 4 --concurrency 40 list >out ||
    skip "strace may not trace here"
holds "each is answered over HTTP/3" out \
    'length == 600 and all(.ok and .http_version == "3")'
# A line: "PID socket(AF_INET, SOCK_DGRAM|..., IPPROTO_UDP) = 12".  A close may be
# "<unfinished ...>".
awk '/socket\(AF_INET6?, SOCK_DGRAM.* = [0-9]+$/ { if (!is_open[$NF]++) n++ }
    n > most { most = n }
    match($0, /close\([0-9]+/) {
        fd = substr($0, RSTART + 6, RLENGTH - 6)
        if (is_open[fd]) n--
        is_open[fd] = 0
    }
    END { print most }' calls >most
same "connections open at once" "$(cat most)" 4
