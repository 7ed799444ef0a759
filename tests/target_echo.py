"""A server, and an HTTP proxy, that answers with the request's target.

Usage: target_echo.py [LOCATIONS]

Prints its port.  /N, or http://any.host/from/N, is answered with a redirect to line
N (from 0) of the file LOCATIONS where there is one and N in it; anything else
with the target as it came.
"""
import re
import socketserver
import sys

locations = open(sys.argv[1], "rb").read().split(b"\n") if sys.argv[1:] else []


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            words = self.rfile.readline().rstrip(b"\r\n").split(b" ")
            if len(words) < 3:
                return
            while self.rfile.readline().strip():
                pass
            self.answer(words[0], b" ".join(words[1:-1]))

    def answer(self, method, target):
        number = re.search(rb"^[^?]*/from/(\d+)$", target)
        status, more = b"200 OK", b""
        if number and int(number[1]) < len(locations):
            status = b"302 Found"
            more = b"Location: " + locations[int(number[1])] + b"\r\n"
        self.wfile.write(
            b"HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s"
            % (status, more, len(target), b"" if method == b"HEAD" else target)
        )


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
