# A HEAD whose answer declares a body closes the connection, since the server
# may send that body.
server_start
{
    echo "{\"url\":\"$URL/bytes/0\",\"method\":\"HEAD\"}"
    echo "$URL/"
    echo "{\"url\":\"$URL/bytes/5000\",\"method\":\"HEAD\"}"
    echo "$URL/"
} | exits 0 ff --limit 1 >out
same "accepted" "$(server_stats .accepted)" 2
holds "a HEAD has a length and no body" out 'sort_by(.index)[2] |
    .content_length == 5000 and .size_body == 0'
