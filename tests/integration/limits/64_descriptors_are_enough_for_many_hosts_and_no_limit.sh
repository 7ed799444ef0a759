server_start
for i in $(seq 150); do
    echo "http://127.0.1.$i:$PORT/delay/10"
    echo "http://127.0.2.$i:$PORT/bytes/1000"
done >list
(
    ulimit -n 64
    exits 0 ff --limit 0 --threads 2 list >out 2>err
)
holds "all records are fetched" out 'length == 300 and all(.ok)'
