# A wrong length would make the server take a part of the body for another
# request, or wait for more.
server_start
echo 'A: b
content-length: 5' >headers
for line in 'Content-Length: 5' 'Content-Length: 00' 'content-length:' \
    'CONTENT-LENGTH;' @headers; do
    exits 2 ff -H "$line" "$URL/echo" >out 2>err
    check "said" grep -q 'no Content-Length but 0' err
done
for body in -dabc -Fa=b -Theaders; do
    exits 2 ff -H 'Content-Length: 0' "$body" "$URL/echo" >out 2>err
    check "told" grep -q "'Content-Length: 0' contradicts a body" err
done
for header in 'Transfer-Encoding: gzip' 'transfer-encoding;' \
    'Transfer-Encoding: gzip, chunked'; do
    exits 2 ff -H "$header" -d abc "$URL/echo" >out 2>err
    check "said" grep -q 'no Transfer-Encoding but chunked' err
done
chunked='Transfer-Encoding: chunked'
echo "$chunked" >headers
for header in "$chunked" @headers; do
    for data in '' '-G -d a=b'; do
        # shellcheck disable=SC2086 # several words
        exits 2 ff -H "$header" $data "$URL/echo" >out 2>err
        check "told" grep -q 'chunked.* needs a body' err
    done
done
exits 2 ff -H "$chunked" -d abc --http1.0 "$URL/echo" >out 2>err
check "told" grep -q 'chunked.* contradicts --http1.0' err
same "requests" "$(server_stats .requests)" 0

# 0 is what curl's users write for a request without a body.  A record's own
# body has its length.
jq -nc --arg u "$URL/echo" '{url: $u}, {url: $u, method: "POST"},
    {url: $u, method: "DELETE"}, {url: $u, method: "HEAD"},
    {url: $u, body: "abc"}' >list
for header in 'content-length:  0 ' 'Content-Length: 0'; do
    exits 0 ff --ordered --body=json -H "$header" list >out
    same "$header" "$(jq -c '.body_json.headers // [] | [.[] |
        select(.[0] | ascii_downcase == "content-length")[1]]' out |
        paste -sd ' ')" '["0"] ["0"] ["0"] [] ["3"]'
done
exits 0 ff --body=json -H 'Content-Length: 0' -d '' "$URL/echo" >out
exits 0 ff --body=json -H 'Content-Length: 0' -G -d a=b "$URL/echo" >>out
exits 0 ff --body=json -H 'Content-Length: 0' -X PUT "$URL/echo" >>out
holds "as curl sends them" out 'map(.body_json | [.method, .query, .body_bytes])
    == [["POST", "", 0], ["GET", "a=b", 0], ["PUT", "", 0]]'
exits 0 ff --body=json -H 'transfer-encoding:  Chunked ' -d abc "$URL/echo" >out
exits 0 ff --body=json -H "$chunked" -d '' "$URL/echo" >>out
exits 0 ff --body=json -H 'Transfer-Encoding:' -d ab "$URL/echo" >>out
holds "chunked as curl sends it" out 'map(.body_json.body_bytes) == [3, 0, 2]'
