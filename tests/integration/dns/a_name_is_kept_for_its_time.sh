server_start
dnsmasq_start --host-record=a.test,127.0.0.1
mkfifo pipe
exec 3<>pipe
ff_start -4 --dns-servers "$DNS" --dns-cache-ttl 2 --force-close <pipe >out
for i in 1 2 3; do
    echo "http://a.test:$PORT/?$i" >&3
    wait_lines out "$i"
done
same "queries within 2 s" "$(queries)" 1
sleep 2.2
echo "http://a.test:$PORT/?4" >&3
wait_lines out 4
same "queries when they are over" "$(queries)" 2
exec 3>&-
ff_wait 0
