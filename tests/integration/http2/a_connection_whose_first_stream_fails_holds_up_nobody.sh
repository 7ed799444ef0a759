# Without TLS, libcurl 8.14 lets others wait for the first answer of a connection,
# which does not come.
h2_start plain
urls 30 "http://127.0.0.1:$H2_PORT/?" >list
ff --http2-prior-knowledge --limit 1 --concurrency 10 -m 20 list >out ||
    same "status" $? 1
holds "each is answered or reset" out 'length == 30 and
    all(.ok or (.error.class == "protocol" and .error.code == "h2"))'
