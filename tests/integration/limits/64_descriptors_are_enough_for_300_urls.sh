server_start
urls 300 "$URL/delay/10?" >list
(
    ulimit -n 64
    exits 0 ff list >out 2>err
)
holds "all records are fetched" out 'length == 300 and all(.ok)'
