# 127.0.0.1 drops each attempt to connect.  libcurl gives it half of the connect
# time-out before it tries 127.0.0.2, where a server listens.
server_start --deaf
server_start --listen 127.0.0.2 --port "$DEAF_PORT"
dnsmasq_start --host-record=a.test,127.0.0.1 --host-record=a.test,127.0.0.2
urls 10 "http://a.test:$PORT/?" |
    exits 0 ff --dns-servers "$DNS" --dns-cache-ttl 1 --limit 1 --force-close \
        --connect-timeout 6 >out
holds "the dead address costs its time once at most" out 'length == 10 and
    all(.remote_ip == "127.0.0.2") and
    (map(select(.timing.connect >= 2.9)) | length) <= 1'
