dnsmasq_start --host-record=a.test,127.0.0.1,::1
for address in 127.0.0.1 ::1; do
    server_start --listen "$address"
    exits 0 ff --dns-servers "$DNS" "http://a.test:$PORT/" >out
    same "peer" "$(jq -r .remote_ip out)" "$address"
    # libcurl alone would wait for half of 30 s.
    holds "in one attempt" out '.[0] | .attempts == 1 and .time_total < 10'
done
