# The result is the same, however libcurl takes it.
server_start
for line in 'HTTP/1.1%202000%20OK' 'HTTP/1.1%20099%20OK' 'HTTP/1.1%2020%20OK' \
    'HTTP/1.1%20%20200%20OK' 'HTTP/1.1%09200%20OK' 'HTTP/1.1%20OK' \
    'HTTP/1.2%20200%20OK' 'HTTP/2%20200%20OK' 'HTTP/2.0%20200%20OK' \
    'HTTP/3%20200%20OK' 'HTTP/11%20200%20OK'; do
    echo "$URL/raw?text=$line%0D%0AContent-Length:%203%0D%0A%0D%0Aabc"
done >list
exits 1 ff --body list >out
holds "each result is an error" out 'length == 11 and all(.status_code == null and
    .http_version == null and .body == null and .error.class == "protocol" and
    .error.code == "bad_response" and .error.phase == "wait")'
