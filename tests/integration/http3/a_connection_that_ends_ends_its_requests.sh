# At once, though nothing more comes over it.
h3_start
for i in $(seq 40); do
    echo "{\"url\":\"$H3_URL/close/$i\",\"body\":\"$i\"}"
done >list
ff --http3 --happy-eyeballs-delay 1m --cacert tls/ca.pem --limit 4 \
    --concurrency 20 --body list >out || same "status" $? 1
holds "each has a result" out 'length == 40 and
    (map(.index) | unique | length) == 40'
holds "an answer, or an error of the connection" out 'all(
    (.ok and .body == (.url | sub("https://[^/]*"; ""))) or
    (.error | (.class == "protocol" and .code == "empty_reply") or
        (.class == "connect" and .code == "reset")))'
same "looked at twice" "$(awk 'NF > 1 { print $4 }' h3.log | sort | uniq -d)" ""
