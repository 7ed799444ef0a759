# timeout: 240
# Bodies of nothing but NULs take six times as many bytes in their lines.  They
# are not all kept at once, and each is whole.
need python3
cat >bombs.py <<'END'
import gzip, http.server

BOMB = gzip.compress(bytes(8 << 20), 6)


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(BOMB)))
        self.end_headers()
        self.wfile.write(BOMB)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
END
python3 bombs.py >port &
CLEANUP_PIDS+=($!)
until [ -s port ]; do sleep 0.1; done
for i in 1 2 3 4 5 6 7 8; do
    echo "http://127.0.0.1:$(cat port)/$i"
done >urls
peak_of 0 --body --fields index,size_body,body urls >out
same "whole lines" "$(grep -c '"size_body":8388608.*\\u0000"' out)" 8
sanitized || [ "$PEAK" -lt 300000 ] || fail "it took $PEAK kB"
