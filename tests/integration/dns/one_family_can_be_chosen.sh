server_start --listen 127.0.0.1 --listen ::1
dnsmasq_start --host-record=a.test,127.0.0.1,::1
exits 0 ff -4 --dns-servers "$DNS" "http://a.test:$PORT/" >out
same "peer" "$(jq -r .remote_ip out)" 127.0.0.1
same "queries of A" "$(queries A)" 1
same "queries of AAAA" "$(queries AAAA)" 0
exits 0 ff -6 --dns-servers "$DNS" "http://a.test:$PORT/" >out
same "peer" "$(jq -r .remote_ip out)" ::1
same "queries of A" "$(queries A)" 1
same "queries of AAAA" "$(queries AAAA)" 1
exits 0 ff -4 "http://localhost:$PORT/" >out
same "localhost" "$(jq -r .remote_ip out)" 127.0.0.1
exits 0 ff -6 "http://localhost:$PORT/" >out
same "localhost" "$(jq -r .remote_ip out)" ::1
