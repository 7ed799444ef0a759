# libcurl < 8.x: "HTTP/2" in the status line of an HTTP/1 connection makes it
# send several requests at once over that host's connections.
need python3
cat >liar.py <<'EOF'
import socket, threading
listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen(100)
by_path = socket.socket(socket.AF_UNIX)
by_path.bind('liar')
by_path.listen(100)
print(listener.getsockname()[1], flush=True)

def serve(c):
    data, n = b'', 0
    while True:
        while b'\r\n\r\n' not in data:
            more = c.recv(65536)
            if not more:
                return
            data += more
        if b'\r\n\r\n' in data[:-4]:
            print('two at once', flush=True)
        head, data = data.split(b'\r\n\r\n', 1)
        path, n = head.split()[1], n + 1
        version = b'2' if int(path[1:]) % 10 == 9 else b'1.1'
        c.sendall(b'HTTP/%s 200 OK\r\nContent-Length: %d\r\n\r\n%s'
                  % (version, len(path), path))

def accept(at):
    while True:
        c, _ = at.accept()
        threading.Thread(target=serve, args=(c,), daemon=True).start()

threading.Thread(target=accept, args=(by_path,), daemon=True).start()
accept(listener)
EOF
python3 liar.py >liar.out &
CLEANUP_PIDS+=($!)
wait_lines liar.out 1
read -r port <liar.out
urls 300 "http://127.0.0.1:$port/" >list
for way in "" "--unix-socket liar"; do
    # shellcheck disable=SC2086
    exits 1 ff --limit 8 --threads 1 -m 10 --body $way list >out
    holds "each answer belongs to its request" out 'length == 300 and
        all(if .index % 10 == 9 then .error.code == "bad_response"
            else .ok and .body == "/\(.index)" end)'
done
same "requests at once" "$(grep -c two liar.out)" 0
