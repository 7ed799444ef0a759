# It answers with a status line of its own, and ends the connection.
need python3
cat >http1.py <<'EOF'
import socket
listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(100)
print(listener.getsockname()[1], flush=True)
while True:
    c, _ = listener.accept()
    c.recv(65536)
    c.sendall(b'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
    c.shutdown(socket.SHUT_WR)
    while c.recv(65536):
        pass
    c.close()
EOF
python3 http1.py >port &
CLEANUP_PIDS+=($!)
wait_lines port 1
exits 1 ff --http2-prior-knowledge "http://127.0.0.1:$(cat port)/" >out
holds "the result says so" out '.[0] | .status_code == null and
    .error.class == "protocol" and .error.code == "h2" and
    .error.phase == "wait"'
