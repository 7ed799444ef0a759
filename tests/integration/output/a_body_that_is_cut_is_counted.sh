# libcurl has not counted the piece during which we end a transfer.
server_start
exits 0 ff --truncate 10 "$URL/chunked/1000" "$URL/bytes/1000" >out
holds "the received bytes are counted" out 'all(.size_download == 1000 and .size_body == 10 and
    .body_truncated)'
exits 1 ff --max-size 10 "$URL/chunked/1000" "$URL/bytes/1000" >out
holds "the received bytes are counted" out 'all(.size_download == 1000)'
