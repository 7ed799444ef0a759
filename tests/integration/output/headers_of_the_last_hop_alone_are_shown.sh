server_start
exits 0 ff --include-headers "$URL/redirect/2?header=X-Hop:1" >out
holds "the headers are those of the answer" out '.[0].headers |
    (has("location") or has("x-hop") | not) and has("content-length")'
