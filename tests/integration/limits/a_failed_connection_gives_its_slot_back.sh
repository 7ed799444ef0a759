server_start
refused=$(free_port)
for i in 1 2 3 4 5; do
    echo "http://127.0.0.1:$refused/?$i"
    echo "$URL/?$i"
    echo "https://127.0.0.1:$PORT/?$i"
    echo "$URL/reset?$i"
done >list
exits 1 ff --limit 1 list >out
holds "each record has its result" out 'length == 20 and
    all(.ok == (.index % 4 == 1))'
