# Large enough that a part is on the disk before it fails.
server_start
for path in 'stall-body?size=400000' 'truncated?size=400000' \
    'reset-body?size=400000' 'drip?n=0&gap=10' endless 'bomb?size=10000000' \
    bad-gzip chunked/600000 bad-chunk; do
    case $path in
    # Two that never end; the others have all the time that they need.
    stall* | drip*) echo "{\"url\":\"$URL/$path\",\"timeout\":1.5}" ;;
    *) echo "$URL/$path" ;;
    esac
done >list
exits 1 ff --max-size 500000 --output-dir out --sha256 list >lines
holds "all failed" lines 'length == 9 and
    all(.ok == false and .body_path == null and .sha256 == null and
        .body_truncated == false)'
same "nothing is left" "$(find out -type f)" ""
norm lines | jq -c '[.error.class, .error.code]'
