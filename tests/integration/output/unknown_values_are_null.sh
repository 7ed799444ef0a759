server_start
exits 0 ff "$URL/raw?text=HTTP/1.1%20200%20OK%0d%0a%0d%0abody" >out
jq -c '[.content_type, .content_length, .size_body, .error, .id]' out
# If the status allows no body, the header alone counts.
exits 0 ff --ordered "$URL/raw?text=HTTP/1.1%20204%20x%0d%0a%0d%0a" \
    "$URL/raw?text=HTTP/1.1%20304%20x%0d%0aContent-Length:%207%0d%0a%0d%0a" >out
jq -c '[.status_code, .content_length, .size_body]' out
