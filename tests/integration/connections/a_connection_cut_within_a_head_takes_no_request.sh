# libcurl 8.23 keeps a connection that ended within a head, and would send the
# next request over it: a POST there fails though no server saw it.
server_start
cut="$URL/raw?text=HTTP/1.1%20200%20OK%0D%0AContent-Le&delay=2"
for ((i = 0; i < 400; i++)); do
    echo "$cut&id=$i"
    echo "{\"url\":\"$URL/echo?id=$i\",\"method\":\"POST\",\"body\":\"x\"}"
done >list
exits 1 ff --limit 6 list >out
holds "each POST is answered" out '
    [.[] | select(.method == "POST")] | length == 400 and all(.ok)'
holds "each cut head is an error" out '
    [.[] | select(.method == "GET")] | all(.error.code == "truncated")'
holds "each request is sent once" out 'all(.attempts == 1)'
