# A hundred bytes fill a window of 16 MiB.  Sixty servers send them and then
# nothing more: not all of these windows are kept.
# timeout: 120
need python3 brotli
head -c 20000000 /dev/zero | brotli -q 1 -w 24 -c >zeros.br
cat >stall.py <<'END'
import http.server

ZEROS = open("zeros.br", "rb").read()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", "100000000")
        self.end_headers()
        self.wfile.write(ZEROS)
        self.rfile.read(1)  # until the client leaves


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 100


server = Server(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
END
python3 stall.py >port &
CLEANUP_PIDS+=($!)
wait_lines port 1
urls 60 "http://127.0.0.1:$(cat port)/" >list
peak_of 1 -m 4 list >out
holds "all are reported" out 'length == 60 and all(.error |
    (.class == "timeout" and .code == "total") or
    (.class == "too_large" and .code == "no_room" and .retryable))'
sanitized || check "memory: $PEAK kB" test "$PEAK" -lt 700000
