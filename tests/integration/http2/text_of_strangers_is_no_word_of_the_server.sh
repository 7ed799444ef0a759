# libcurl's messages hold URLs, headers and certificates.  What matters for a
# request is not read from them.
h2_start vanish 5
# headers TEXT: six POSTs with a header; the connection vanishes with the last.
headers() {
    h2_posts 6 | sed "s|}\$|,\"headers\":{\"x\":\"$1\"}}|"
}
run() {
    ff -k --limit 1 --concurrency 1 - >out
}
headers "received GOAWAY, error=0, last_stream=0" | run || same "status" $? 1
same "a POST that was sent twice" "$(awk 'NF > 4 { print $5 }' h2.log | sort |
    uniq -d)" ""
headers "Flooding was detected" | run || same "status" $? 1
holds "five are answered" out 'map(.ok) == [true, true, true, true, true, false]'
good=$H2_URL
openssl req -x509 -newkey rsa:2048 -nodes -subj "/CN=Flooding was detected" \
    -keyout tls/good.key -out tls/good.pem 2>req.log
h2_start vanish 5
{ echo "$good/" && echo "$H2_URL/"; } | run || same "status" $? 0
