server_start
cat >list <<END
$URL/bytes/10000000
$URL/chunked/2000
$URL/endless
$URL/gzip?size=5000
$URL/bytes/1000
$URL/bytes/999
$URL/bytes/0
END
ff --truncate 1000 --body --sha256 --output-dir out --output-name '{index}' \
    list >lines
norm lines | jq -c '[.ok, .size_body, (.body | length), .body_path,
    .body_truncated, (.sha256 == null)]'
for i in 0 1 2 3 4; do
    same "bytes of file $i" "$(stat -c %s "out/$i")" 1000
done
curl -sS --compressed "$URL/gzip?size=5000" | head -c 1000 >want
check "the kept bytes are the first" cmp want out/3
holds "the rest is not fetched" lines \
    'all(.size_download == null or .size_download < 1000000)'
ff --truncate 0 "$URL/bytes/5" >lines
holds "even none may be kept" lines \
    'all(.ok and .size_body == 0 and .body_truncated)'
exits 1 ff --truncate 1000 --accept 404 "$URL/bytes/5000" >lines
same "the status still counts" "$(jq -r .error.code lines)" http_200
