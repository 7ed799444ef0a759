# Their descriptors' numbers are soon those of others, in other threads, too:
# the timer for idle connections must not take them for its own.
own_network "$@"
for i in $(seq 2 41); do
    silent_address "198.18.0.$i"
    echo "http://198.18.0.$i/"
done >silent
server_start
mkfifo pipe
exec 3<>pipe
ff_start --threads 2 --limit 40 --connect-timeout 300ms \
    --keepalive-timeout 1 <pipe >out
cat silent >&3
wait_lines out 40
urls 40 "$URL/drip?n=20&gap=100&id=" >&3
exec 3>&-
ff_wait 1
holds "the others are whole" out '.[40:] | length == 40 and all(.ok)'
