# The server ends the connection without an answer.
server_start
socks_start
exits 1 ff -x "socks5h://$SOCKS_ADDR" "$URL/raw?text=" >out
holds "nothing came" out '.[0].error | .code == "empty_reply" and
    .phase == "wait"'
