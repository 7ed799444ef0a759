# The name server answers at once, but for one name only after four seconds,
# as a resolver does whose own servers for that name are slow.
server_start
half_dns_start
for name in quick{1..9} late; do
    echo "http://$name.test:$PORT/"
done >list
exits 0 ff --dns-servers "$DNS" list >out
holds "all are answered" out 'length == 10 and all(.ok)'
