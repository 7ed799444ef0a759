# 20 GB of zeros in 20 MB are half a minute's work for one thread, which must
# serve others and time-outs meanwhile.
server_start
{
    echo "$URL/bomb?size=20000000000"
    echo "$URL2/bomb?size=20000000000"
    urls 5 "http://127.0.0.3:$PORT/delay/300?"
} >list
exits 1 ff --threads 1 -m 2 list >out
holds "the bombs had their time" out 'map(select(.url | test("bomb"))) |
    length == 2 and all(.error.code == "total" and .time_total < 15 and
    .size_body > 1000000)'
holds "the others did not wait" out 'map(select(.url | test("delay"))) |
    length == 5 and all(.ok)'
