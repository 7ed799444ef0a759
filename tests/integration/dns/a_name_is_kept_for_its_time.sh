server_start
dnsmasq_start --host-record=a.test,127.0.0.1
mkfifo pipe
exec 3<>pipe
ff_start -4 --dns-servers "$DNS" --dns-cache-ttl 60 --force-close <pipe >out
for i in 1 2 3; do
    echo "http://a.test:$PORT/?$i" >&3
    wait_lines out "$i"
done
exec 3>&-
ff_wait 0
same "queries within its time" "$(queries)" 1
exec 3<>pipe
ff_start -4 --dns-servers "$DNS" --dns-cache-ttl 1 --force-close <pipe >out
echo "http://a.test:$PORT/?4" >&3
wait_lines out 1
nap 1.2
echo "http://a.test:$PORT/?5" >&3
wait_lines out 2
same "queries when it is over" "$(queries)" 3
exec 3>&-
ff_wait 0
