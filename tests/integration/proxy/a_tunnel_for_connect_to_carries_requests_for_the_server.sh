# As with curl: --connect-to makes an HTTP proxy a tunnel, within which no
# request names scheme and host.  The proxy is also the server; each answer's
# body is the request's first line.
need python3
python3 - >port <<'PY' &
import socket, threading
def serve(c):
    data = b""
    while True:
        while b"\r\n\r\n" not in data:
            data += c.recv(65536)
        head, data = data.split(b"\r\n\r\n", 1)
        line = head.split(b"\r\n")[0]
        body = b"" if line.startswith(b"CONNECT") else line
        status = b"407" if b"ask" in line else b"200"
        c.sendall(b"HTTP/1.1 %s OK\r\n%s\r\n%s" % (status, b"" if not body
                  else b"Content-Length: %d\r\n" % len(body), body))
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
PY
CLEANUP_PIDS+=("$!")
wait_lines port 1
exits 1 ff -x "http://127.0.0.1:$(<port)" --connect-to h.test::o.test:81 \
    --ordered --body "http://h.test/?" http://h.test/%2f http://h.test/ \
    http://i.test/? http://h.test/ask http://i.test/ask >out
holds "the requests" out '.[:4] | map(.body | split(" ")[1]) == ["/?", "/%2f", "/",
    "http://i.test/?"]'
holds "who asks for credentials" out '.[4:] | map(.error.code) ==
    ["http_407", "auth_required"]'
