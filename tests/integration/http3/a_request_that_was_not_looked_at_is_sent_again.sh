# timeout: 120
# By H3_REQUEST_REJECTED, or by a GOAWAY, the server says so: of any method.
h3_start
for i in $(seq 60); do
    echo "{\"url\":\"$H3_URL/refuse/$i\",\"body\":\"$i\"}"
    echo "{\"url\":\"$H3_URL/goaway/$i\",\"body\":\"$i\"}"
done >list
h3_ff --limit 4 --concurrency 20 --body list >out
holds "most are answered" out 'length > 60 and (map(select(.ok)) | length) > 60'
holds "each by its own answer" out 'all(.ok | not) or all(select(.ok) |
    .body == (.url | sub("https://[^/]*"; "")))'
holds "one that was refused is counted" out 'map(select(.ok and
    (.url | test("/refuse/")))) | length > 0 and all(.attempts > 1)'
same "looked at twice" "$(awk '$5 == "answer" { print $4 }' h3.log | sort | uniq -d)" ""
