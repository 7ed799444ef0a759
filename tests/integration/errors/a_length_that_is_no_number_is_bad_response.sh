# RFC 9112, 6.3: it is not known whether such a body is whole.  libcurl 8.23
# refuses such a head even if the length would not count, so we always do.
server_start
crlf=%0D%0A
head="HTTP/1.1%20200%20OK$crlf"
cl=Content-Length:%20
coded="Transfer-Encoding:%20chunked$crlf${crlf}3${crlf}abc${crlf}0$crlf$crlf"
for lengths in "${cl}3$crlf${cl}4" "${cl}4$crlf${cl}3" "${cl}3,%204" \
    "${cl}99999999999999999999" "${cl}9223372036854775808" "${cl}%2B3" \
    "${cl}-3" "${cl}3x" "${cl}0x3" "${cl}3,"; do
    echo "$URL/raw?text=$head$lengths$crlf${crlf}abc"
    echo "$URL/raw?text=$head$lengths$crlf$coded"
done >bad
exits 1 ff --body bad >out
holds "each result is an error" out 'length == 20 and all(.status_code == 200 and
    .error.class == "protocol" and .error.code == "bad_response" and
    .error.phase == "receive")'
holds "nothing is known of the length" out 'all(.content_length == null)'
for rest in "${cl}3$crlf${cl}3$crlf${crlf}abc" "${cl}3,%203$crlf${crlf}abc" \
    "${cl}003$crlf${crlf}abc" "${cl}4$crlf$coded" "${cl}3$crlf$coded"; do
    echo "$URL/raw?text=$head$rest"
done >good
exits 0 ff --body good >out
holds "the same one twice is fine, as is one that does not count" out \
    'length == 5 and all(.body == "abc")'
exits 1 ff -I "$URL/raw?text=$head${cl}3$crlf${cl}4$crlf$crlf" \
    "$URL/raw?text=$head${cl}99999999999999999999$crlf$crlf" >out
holds "HEAD" out 'length == 2 and all(.error.class == "protocol" and
    .error.code == "bad_response" and .error.phase == "receive")'
exits 0 ff --accept 304 \
    "$URL/raw?text=${head/200/304}${cl}3$crlf${cl}4$crlf$crlf" >out
