# libcurl 8.14 adds it to the body.
h3_start
urls 8 "$H3_URL/trailer/?" >list
h3_ff --body list >out
holds "the body is what was sent" out 'length > 0 and
    all(.ok and .body == (.url | sub("https://[^/]*"; "")))'
