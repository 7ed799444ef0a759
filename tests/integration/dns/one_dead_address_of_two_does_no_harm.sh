# No server listens at the other address: each request finds the working one at
# once.
server_start --listen 127.0.0.1
dnsmasq_start --host-record=a.test,127.0.0.1 --host-record=a.test,127.0.0.2
urls 20 "http://a.test:$PORT/?" |
    exits 0 ff --dns-servers "$DNS" --limit 4 --force-close \
        --connect-timeout 60 --happy-eyeballs-delay 20s >out
holds "in the first attempt" out 'length == 20 and
    all(.attempts == 1 and .remote_ip == "127.0.0.1" and .time_total < 10)'
