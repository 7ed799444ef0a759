# dnsmasq refuses all questions beyond 150 that its own server has not answered
# yet: slow names must not cost others their answers.
server_start
half_dns_start
dnsmasq_start --server="${DNS/:/#}"
for i in $(seq 90); do
    echo "http://slow$i.alive:$PORT/"
done >list
for i in $(seq 100); do
    echo "http://quick$i.alive:$PORT/"
done >>list
exits 0 ff --dns-servers "$DNS" list >out
holds "all are answered" out 'length == 190 and all(.ok)'
check "some questions were refused" grep -q 'Maximum number' dnsmasq.log
