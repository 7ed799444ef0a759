server_start
for host in $(seq 1 200); do
    echo "http://127.0.1.$host:$PORT/"
done >list
exits 0 ff --ordered --look-ahead 1 --limit 2 --shard 2/3 -o results list
holds "in order" results '(map(.index) | . == sort) and length > 30'
head -n 20 results >some
mv some results
exits 0 ff --ordered --look-ahead 1 --limit 2 --shard 2/3 --resume \
    -o results list
holds "in order over both runs" results \
    '(map(.index) | . == (sort | unique)) and length > 30'
