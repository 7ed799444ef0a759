# Nobody asked for another protocol, unless by a header of the user's: then the
# status is all that there is to know, and nothing of that protocol is read.
server_start
crlf=%0D%0A
raw="$URL/raw?text=HTTP/1.1%20101%20S${crlf}Upgrade:%20websocket$crlf$crlf"
exits 1 ff --body "$raw" "${raw}HTTP/1.1%20200%20OK$crlf${crlf}x" >out
holds "it is not accepted" out 'length == 2 and all(.status_code == 101 and
    .error.class == "http" and .error.code == "http_101" and
    (.error.retryable | not) and (.body // "") == "" and .attempts == 1)'
exits 0 ff --accept 101 -H 'Connection: Upgrade' -H 'Upgrade: websocket' "$raw" \
    >out
holds "it is accepted" out '.[0] | .ok and .status_code == 101'
