# The first socket must not become descriptor 1 and get the results.
server_start
exits 4 ff "$URL/?0" "$URL/?1" >&- 2>err
check "the message says so" grep -q '^fanfetch: error: ' err
same "the server gets no other bytes" "$(server_log '
    select(.event == "request" and .method != "GET")')" ""
