# The body of a 407 never ends.
need python3
python3 - >proxy.port <<'PY' &
import socket, threading
def answer(s):
    try:
        s.recv(4096)
        s.sendall(b"HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=x\r\n"
                  b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")
        s.recv(4096)
    except OSError:
        pass
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()
PY
CLEANUP_PIDS+=("$!")
wait_lines proxy.port 1
for limit in "--connect-timeout 2" "--connect-timeout 0 -m 2"; do
    # shellcheck disable=SC2086 # two options
    exits 1 ff $limit -x "http://127.0.0.1:$(<proxy.port)" https://a.test/ >out
    holds "$limit: whose fault" out '.[0].error | .class == "proxy" and
        .code == "auth_required" and .phase == "connect" and
        (.retryable | not) and (.message | test("407"))'
done
