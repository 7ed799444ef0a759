# libcurl 8.14 may send a connection's own streams before the handshake is over,
# which fails, and then never again.  The server waits for them.
h3_start late
port=${H3_URL##*:}
resolve=()
for i in $(seq 16); do
    resolve+=(--resolve "h$i.test:$port:127.0.0.1")
    urls 6 "https://h$i.test:$port/?"
done >list
exits 0 ff -k --http3 --happy-eyeballs-delay 1m -m 20 "${resolve[@]}" \
    --limit-per-host 1 --concurrency-per-host 4 --body list >out
holds "all are answered" out 'length == 96 and all(.ok and
    .http_version == "3" and .body == (.url | sub("https://[^/]*"; "")))'
