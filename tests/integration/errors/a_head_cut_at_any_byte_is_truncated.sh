# The server sends so many bytes of a response, and ends the connection.
# %XX is one byte.
server_start
text='HTTP/1.1 200 OK%0D%0AContent-Length: 2%0D%0A%0D%0A'
text=${text// /%20}
while [[ $text ]]; do
    case $text in
    *%??) text=${text%%%??} ;;
    *) text=${text%?} ;;
    esac
    [[ -z $text ]] || echo "$URL/raw?text=$text"
done >list
# Each on a connection of its own.
exits 1 ff --force-close list >out
holds "each result is truncated" out 'length > 30 and all(.error.class == "protocol" and
    .error.code == "truncated" and .error.phase == "receive" and
    .error.retryable)'
exits 1 ff "$URL/raw?text=" >out
holds "no byte at all is another error" out '.[0].error.code == "empty_reply"'
