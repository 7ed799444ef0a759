# libcurl takes such a Transfer-Encoding or Content-Length for a header like any
# other, so its chunks or a part would be the body.  Version 8.23 unfolds lines.
server_start
crlf=%0D%0A
head="HTTP/1.1%20200%20OK${crlf}X:%20y$crlf"
chunks="$crlf${crlf}3${crlf}abc${crlf}0$crlf$crlf"
for coding in ":$crlf%20chunked" ":$crlf%09chunked" "%20:%20chunked" \
    "%09:%20chunked" ":%20identity,$crlf%20chunked"; do
    echo "$URL/raw?text=${head}Transfer-Encoding$coding$chunks"
    echo "$URL/raw?text=${head}Content-Length:%2013${crlf}Transfer-Encoding$coding$chunks"
done >bad
exits 1 ff --body bad >out
holds "each is an error, or unfolded" out 'length == 10 and
    all(.status_code == 200 and ((.ok and .body == "abc") or
        (.error.class == "protocol" and .error.code == "bad_response" and
            .error.phase == "receive" and .body == "")))'
holds "a blank is an error" out 'map(select(.url | test("%20:|%09:"))) |
    length == 4 and all(.ok | not)'
length="${head}Content-Length%20:%203$crlf$crlf"
exits 1 ff --body "$URL/raw?text=${length}ab" "$URL/raw?text=${length}abcd" \
    "$URL/raw?text=${length}abc" >out
holds "a body is whole if it is as long as that says" out 'sort_by(.index) |
    (.[:2] | all(.error.code == "truncated")) and (.[2] | .ok and .body == "abc")'
