# The name starts to exist while the run goes on.
server_start
echo >hosts
dnsmasq_start --addn-hosts="$PWD/hosts"
mkfifo pipe
exec 3<>pipe
ff_start --dns-servers "$DNS" --dns-cache-ttl 60 <pipe >out
echo "http://late.test:$PORT/?1" >&3
wait_lines out 1
echo "127.0.0.1 late.test" >hosts
kill -HUP "$PEER_PID"
wait_for 10 grep -q "read .*hosts - 1" dnsmasq.log
echo "http://late.test:$PORT/?2" >&3
exec 3>&-
ff_wait 1
holds "no and then yes" out 'map(.ok) == [false, true]'
