# The proxy answers CONNECT with each of these statuses, as the name says.
need python3
cat >proxy.py <<'EOF'
import socket
listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(100)
print(listener.getsockname()[1], flush=True)
while True:
    c, _ = listener.accept()
    data = b''
    while b'\r\n\r\n' not in data:
        data += c.recv(65536) or b'\r\n\r\n'
    status = data.split(b'status-')[1][:3]
    c.sendall(b'HTTP/1.1 %s Text\r\nContent-Length: 0\r\n\r\n' % status)
    c.close()
EOF
python3 proxy.py >port &
CLEANUP_PIDS+=($!)
wait_lines port 1
for status in 403 404 405 408 425 429 500 502 503; do
    echo "https://status-$status.example/"
done >list
exits 1 ff -x "http://127.0.0.1:$(cat port)" --ordered list >out
holds "all are the proxy's" out 'length == 9 and
    all(.error.class == "proxy" and .error.phase == "connect" and
        .remote_ip == "127.0.0.1")'
same "codes" "$(jq -r .error.code out | tr '\n' ' ')" \
    "denied denied denied failed failed failed failed failed failed "
holds "only temporary refusals are retryable" out \
    'map(.error.retryable) == [false, false, false] + [range(6) | true]'
