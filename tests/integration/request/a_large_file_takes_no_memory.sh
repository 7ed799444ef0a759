# A file of 200 MB, and a hundred of 8 MB at once, are sent from the disk.
# timeout: 240
! sanitized || skip "a sanitizer has memory of its own"
need python3
cat >sink.py <<'PY'
"""Counts the bytes of request bodies and keeps none."""
import http.server
import socketserver


class Sink(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        left = length = int(self.headers["Content-Length"])
        while left > 0:
            got = len(self.rfile.read(min(left, 1 << 20)))
            if got == 0:
                return
            left -= got
        text = str(length).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 200


server = Server(("127.0.0.1", 0), Sink)
with open("port", "w") as file:
    print(server.server_port, file=file)
server.serve_forever()
PY
python3 sink.py &
CLEANUP_PIDS+=("$!")
until [ -s port ]; do sleep 0.05; done
URL=http://127.0.0.1:$(<port)
mkdir files
truncate -s 200M files/big
truncate -s 8M files/small
echo "{\"url\":\"$URL/\",\"body_file\":\"big\"}" >one
peak_of 0 --allow-files files --body=text one >out
holds "the whole file was sent" out '.[0].body == "209715200"'
check "32 MB are enough, not $PEAK kB" test "$PEAK" -lt 32768
for i in $(seq 100); do
    echo "{\"url\":\"$URL/$i\",\"form\":{\"f\":{\"file\":\"small\"}}}"
done >many
peak_of 0 --allow-files files --body=text many >out
holds "all files were sent" out 'length == 100 and
    all(.[]; .body | tonumber > 8388608)'
check "64 MB are enough, not $PEAK kB" test "$PEAK" -lt 65536
