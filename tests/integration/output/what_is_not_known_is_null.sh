server_start
exits 0 ff "$URL/raw?text=HTTP/1.1%20200%20OK%0d%0a%0d%0abody" >out
jq -c '[.content_type, .content_length, .size_body, .error, .id]' out
