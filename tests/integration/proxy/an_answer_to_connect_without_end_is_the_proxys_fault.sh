need python3
python3 - >proxy.port <<'PY' &
import socket, threading
def flood(s):
    try:
        s.recv(4096)
        s.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            s.sendall(b"X-Header: value\r\n" * 1000)
    except OSError:
        pass
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=flood, args=(listener.accept()[0],), daemon=True).start()
PY
CLEANUP_PIDS+=("$!")
wait_lines proxy.port 1
exits 1 ff -m 20 -x "http://127.0.0.1:$(<proxy.port)" https://a.test/ >out
holds "whose fault" out '.[0].error | .class == "proxy" and .code == "failed"'
