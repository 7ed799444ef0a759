# All kinds of failures happen at once, between requests that must not be
# affected.
server_start --deaf
refused=$(free_port)
for i in $(seq 20); do
    echo "$URL2/?$i"
    echo "$URL/stall?$i"
    echo "$URL/reset?$i"
    echo "$URL/empty?$i"
    echo "$URL/garbage?$i"
    echo "$URL/truncated?$i"
    echo "http://127.0.0.1:$refused/?$i"
    echo "http://127.0.0.1:$DEAF_PORT/?$i"
    echo "http://?$i"
    echo "$URL2/bytes/10000?$i"
done >list
exits 1 ff -m 4 --limit 40 list >out
holds "200 results" out 'map(.index) | sort == [range(200)]'
holds "the good ones are good" out 'map(select(.ok).index % 10) | sort ==
    ([range(20) | 0] + [range(20) | 9])'
