# A server that speaks HTTP/1.1 and says HTTP/2 gets no more requests than it
# has connections: the others would wait in libcurl, and time out there.
server_start
lie='HTTP/2%20200%20OK%0d%0aContent-Length:%202%0d%0a%0d%0aok'
for i in $(seq 24); do
    echo "$URL/raw?delay=400&text=$lie&$i"
done >list
ff --limit 2 --concurrency 20 -m 3 list >out || :
holds "no request waited for too long" out 'length == 24 and
    all(.error.class != "timeout")'
