server_start
exits 0 ff --limit 1 "$URL/?close=1" "$URL/http10" "$URL/no-length" "$URL/" >out
same "accepted" "$(server_stats .accepted)" 4

# It may be any word of the list: libcurl 8.14 knows the first alone.
server_reset
for value in keep-alive,close upgrade,%20Close ,close%20,x close-not; do
    echo "$URL/?header=Connection:$value"
done >list
exits 0 ff --limit 1 list >out
same "accepted" "$(server_stats .accepted)" 4
exits 0 ff --limit 1 "$URL/?header=Connection:closes" "$URL/" >out

# Our own word counts, too, whether the server repeats it or not.
server_reset
exits 0 ff --limit 1 -H 'connection: x, Close' "$URL/" "$URL/" "$URL/" >out
same "accepted" "$(server_stats .accepted)" 3
server_reset
for n in 1 2 3; do
    echo "{\"url\":\"$URL/?$n\",\"headers\":{\"Connection\":\"close\"}}"
done >list
exits 0 ff --limit 1 list "$URL/" >out
same "accepted" "$(server_stats .accepted)" 4
