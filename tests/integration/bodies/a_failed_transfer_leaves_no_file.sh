# Large enough that a part is on the disk before it fails.
server_start
exits 1 ff -m 1 --max-size 500000 --output-dir out --sha256 \
    "$URL/stall-body?size=400000" "$URL/truncated?size=400000" \
    "$URL/reset-body?size=400000" "$URL/drip?n=0&gap=10" "$URL/endless" \
    "$URL/bomb?size=10000000" "$URL/bad-gzip" "$URL/chunked/600000" \
    "$URL/bad-chunk" >lines
holds "all failed" lines 'length == 9 and
    all(.ok == false and .body_path == null and .sha256 == null and
        .body_truncated == false)'
same "nothing is left" "$(find out -type f)" ""
norm lines | jq -c '[.error.class, .error.code]'
