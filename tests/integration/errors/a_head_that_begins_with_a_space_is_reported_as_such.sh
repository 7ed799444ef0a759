server_start
ff "$URL/raw?text=HTTP/1.1%20200%20OK%0D%0A%20X-A:%20b%0D%0AContent-Length:%202%0D%0A%0D%0Aok" \
    >out || :
holds "taken, or said to be malformed" out '.[0] | .ok and .size_body == 2 or
    (.error | .code == "bad_response" and (.message | contains("function") | not))'
