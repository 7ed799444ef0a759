server_start
dnsmasq_start --host-record=a.test,127.0.0.2
echo '127.0.0.3 A.test other' >hosts
CARES_HOSTS=$PWD/hosts exits 0 ff --dns-servers "$DNS" \
    "http://a.test:$PORT/" "http://other:$PORT/" >out
same "queries" "$(queries)" 0
holds "its address" out 'all(.remote_ip == "127.0.0.3")'
