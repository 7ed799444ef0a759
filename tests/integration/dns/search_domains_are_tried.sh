server_start
dnsmasq_start --host-record=www.inner.test,127.0.0.2
LOCALDOMAIN=inner.test exits 0 ff --dns-servers "$DNS" "http://www:$PORT/" >out
same "peer" "$(jq -r .remote_ip out)" 127.0.0.2
