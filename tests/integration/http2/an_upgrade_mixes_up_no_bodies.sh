# Where libcurl would confuse the streams it is not asked for.
need nghttpx
late_start
port=$(free_port)
PEER_LOG=nghttpx.log start_peer "$port" nghttpx --conf=/dev/null --no-ocsp \
    -f "127.0.0.1,$port;no-tls" -b "127.0.0.1,${LATE_URL##*:}" ||
    PEER_LOG=nghttpx.log no_peer nghttpx
urls 300 "http://127.0.0.1:$port/p" >list
exits 0 ff --http2 --limit 10 --concurrency 50 --body list >out
holds "each result has its own body" out 'length == 300 and
    all(.ok and .body == (.url | sub("^https?://[^/]*"; "")))'
