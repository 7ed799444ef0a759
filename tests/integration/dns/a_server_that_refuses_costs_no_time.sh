# Nobody listens at the first server's port: the second one is asked at once.
# c-ares waits two seconds for an answer.
server_start
dnsmasq_start --address=/many.test/127.0.0.1
for i in $(seq 5); do
    echo "http://h$i.many.test:$PORT/"
done >list
exits 0 ff --dns-servers "127.0.0.1:$(free_port),$DNS" list >out
holds "the next server is asked at once" out 'length == 5 and
    all(.ok and .timing.dns < 2)'
