# Nobody asked for the user's Kerberos tickets to be used.  The proxy prints the
# methods that it is offered, and chooses that one.
need python3
python3 - >methods <<'PY' &
import socket
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    c = listener.accept()[0]
    n = c.recv(2)[1]
    print(c.recv(n).hex(), flush=True)
    c.sendall(b"\5\1")
    c.recv(100)
    c.close()
PY
CLEANUP_PIDS+=("$!")
wait_lines methods 1
proxy=127.0.0.1:$(<methods)
for user in '' u:p@; do
    urls 5 http://a.test/ | exits 1 ff -x "socks5h://$user$proxy" --limit 2 >out
    holds "all are refused, '$user'" out 'length == 5 and all(.error |
        .class == "proxy" and .code == "auth_required" and
        (.retryable | not) and (.message | test("\n") | not))'
done
same "methods" "$(tail -n +2 methods | sort | uniq -c | xargs)" "5 00 5 0002"
