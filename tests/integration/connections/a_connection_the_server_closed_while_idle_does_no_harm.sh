# The server closes 50 ms after its answer; the next request comes later.
server_start
mkfifo pipe
exec 3<>pipe
ff_start --limit 1 <pipe >out
for i in 1 2 3; do
    echo "$URL/close-after-idle?ms=50&id=$i" >&3
    wait_lines out "$i"
    server_wait '.open == 0'
done
exec 3>&-
ff_wait 0
holds "no result has an error" out 'all(.ok and .attempts == 1)'
same "requests" "$(server_stats .requests)" 3
