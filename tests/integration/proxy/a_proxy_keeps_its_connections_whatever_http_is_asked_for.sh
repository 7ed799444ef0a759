# libcurl speaks HTTP/1.1 to a proxy that gets the requests themselves.
for option in --http1.1 --http2 --http2-prior-knowledge; do
    late_start
    urls 50 http://h.test/ | exits 0 ff -x "$LATE_URL" $option --limit 2 \
        --concurrency 20 >out
    holds "all came, $option" out 'length == 50 and all(.ok and .http_version == "1.1")'
    check "connections, $option" test "$(late_connections)" -le 4
done
