# The numbers of their descriptors are soon used again, also in other threads.
# The timer for idle connections must not close those.
own_network "$@"
for i in $(seq 2 41); do
    silent_address "198.18.0.$i"
done
server_start
mkfifo pipe
exec 3<>pipe
ff_start --threads 2 --limit 40 --connect-timeout 2 \
    --keepalive-timeout 1 <pipe >out
for i in $(seq 2 41); do
    echo "http://198.18.0.$i/" >&3
    sleep 0.01
done
wait_lines out 40
for i in $(seq 3 42); do
    echo "http://127.0.1.$i:$PORT/drip?n=20&gap=100" >&3
    sleep 0.005
done
exec 3>&-
ff_wait 1
holds "the others are whole" out 'length == 80 and
    (map(select(.url | test("drip"))) | all(.ok))'
