# A proxy that is reached over TLS does not answer CONNECT as it should: TLS with
# the server has not begun.
need python3
certificates
cat >proxy.py <<'PY'
import socket, ssl, sys, threading
ANSWERS = {
    "line": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200000 + b"\r\n\r\n",
    "lines": b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 100000 + b"\r\n",
    "cut": b"HTTP/1.1 200 OK\r\nX: x\r\n",
    "switch": b"HTTP/1.1 101 Switching\r\n\r\n",
    "closed": b"",
}
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("tls/good.pem", "tls/good.key")
def answer(sock):
    try:
        tls = context.wrap_socket(sock, server_side=True)
        host = tls.recv(4096).split()[1].split(b".")[0].decode()
        tls.sendall(ANSWERS[host])
        tls.shutdown(socket.SHUT_WR)
        tls.recv(4096)
    except OSError:
        pass
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()
PY
python3 proxy.py >proxy.port &
CLEANUP_PIDS+=("$!")
wait_lines proxy.port 1
proxy=https://localhost:$(<proxy.port)
for kind in line lines cut switch closed; do
    exits 1 ff -m 20 -x "$proxy" --cacert tls/ca.pem "https://$kind.test/" >out
    holds "whose fault, $kind" out '.[0] | .timing.tls == null and (.error |
        .class == "proxy" and .code == "failed" and .phase == "connect" and
        .retryable)'
done
# So it is where the tunnel carries a plain request.
for kind in cut switch; do
    exits 1 ff -m 20 -x "$proxy" --cacert tls/ca.pem \
        --connect-to "::$kind.test:80" http://a.test/ >out
    holds "whose fault, $kind, plain" out '.[0].error | .class == "proxy" and
        .code == "failed" and .phase == "connect"'
done
