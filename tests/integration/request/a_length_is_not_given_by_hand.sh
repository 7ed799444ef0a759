# One that lies would make the server take a part of the body for another
# request, or wait for more.
server_start
echo 'A: b
content-length: 5' >headers
for line in 'Content-Length: 5' 'Content-Length: 0' 'content-length:' \
    'CONTENT-LENGTH;' @headers; do
    exits 2 ff -H "$line" -d abc "$URL/echo" >out 2>err
    check "said" grep -q 'Content-Length, which follows' err
done
same "requests" "$(server_stats .requests)" 0
