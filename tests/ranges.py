#!/usr/bin/env python3
"""A server of one large file, which answers Range and If-Range, and cuts.

    ranges.py LOG

prints its port and notes each GET in LOG, when it is over, as a JSON line: n (its
number), path, range, if_range, accept_encoding, status, sent (bytes of the body that left).

A path is /NAME?KEY=VALUE&...; NAME means nothing.

    size=N       bytes of the file (1000000)
    version=V    which of the many files of that size (0)
    cut=N        end the connection after N bytes of a body; 0: never (0)
    cut_max=N    only in the first N answers that have this path (any number)
    etag=TEXT    strong:V gives a tag of version and size, weak:V the same weak
    modified=S   Last-Modified, S seconds before Date
    rate=N       N bytes a second
    range=WHAT   no: ranges are unknown; anyway: 206 whatever If-Range says;
                 shifted: 206 of another place; bare: 206 without validators;
                 416: says so; unknown: 206 that does not tell the length;
                 short: 206 of but half the rest
    coding=NAME  says that the body has it
    chunked=1    no Content-Length
    status=N     in place of 200, with a body of "no\\n"
    redirect=URL 302
    switch=N     from the Nth GET of this path on the version is one more

POST /_set?KEY=VALUE sets a key for all paths, until the next one.
"""

import email.utils
import hashlib
import http.server
import json
import socketserver
import sys
import threading
import time
import urllib.parse

BLOCK = 65536
log = open(sys.argv[1], "a", buffering=1)
lock = threading.Lock()
always = {}
seen = {}


def block_of(version, i):
    """Block i of a version, unlike any other block."""
    head = b"%016x%016x" % (version, i)
    first = hashlib.sha256(head).hexdigest().encode() * 2
    return first + head * ((BLOCK - len(first)) // len(head))


def pieces(version, first, last):
    """The bytes from first to last, in pieces of a block at most."""
    while first <= last:
        i = first // BLOCK
        piece = block_of(version, i)[first % BLOCK:last + 1 - i * BLOCK]
        yield piece
        first += len(piece)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_POST(self):
        query = urllib.parse.urlparse(self.path).query
        always.clear()
        always.update(urllib.parse.parse_qsl(query))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        self.q = {**dict(urllib.parse.parse_qsl(url.query)), **always}
        with lock:
            self.nth = seen[self.path] = seen.get(self.path, 0) + 1
            seen[""] = number = seen.get("", 0) + 1
        self.size = int(self.q.get("size", 1000000))
        self.version = int(self.q.get("version", 0))
        if "switch" in self.q and self.nth >= int(self.q["switch"]):
            self.version += 1
        self.sent = 0
        self.status = int(self.q.get("status", 200))
        try:
            self.answer()
        except OSError:
            self.close_connection = True
        with lock:
            print(json.dumps({
                "n": number, "path": self.path,
                "range": self.headers.get("Range"),
                "if_range": self.headers.get("If-Range"),
                "accept_encoding": self.headers.get("Accept-Encoding"),
                "status": self.status, "sent": self.sent}), file=log)

    def validators(self):
        now = int(time.time())
        fields = {"Date": email.utils.formatdate(now, usegmt=True)}
        kind, _, text = self.q.get("etag", "").partition(":")
        if kind:
            tag = '"v%d-%d%s"' % (self.version, self.size, text)
            fields["ETag"] = tag if kind == "strong" else "W/" + tag
        if "modified" in self.q:
            # The same for all answers of a version.
            stamp = self.server.started - int(self.q["modified"])
            fields["Last-Modified"] = email.utils.formatdate(
                stamp + self.version, usegmt=True)
        return fields

    def wants_part(self, fields):
        what = self.q.get("range", "yes")
        if "Range" not in self.headers or what == "no":
            return False
        if_range = self.headers.get("If-Range")
        return what != "yes" or if_range is None or if_range in (
            fields.get("ETag"), fields.get("Last-Modified"))

    def answer(self):
        if "redirect" in self.q:
            self.status = 302
            self.head({"Location": self.q["redirect"], "Content-Length": "0"})
            return
        if self.status != 200:
            self.head({"Content-Length": "3"})
            self.wfile.write(b"no\n")
            return
        fields = self.validators()
        first, last, what = 0, self.size - 1, self.q.get("range", "yes")
        if self.wants_part(fields):
            self.status = 206
            first = int(self.headers["Range"].split("=")[1].split("-")[0])
            if what == "416" or first >= self.size:
                self.status = 416
                self.head({"Content-Range": "bytes */%d" % self.size,
                           "Content-Length": "0"})
                return
            if what == "shifted":
                first += 1
            if what == "short":
                last = first + (last - first) // 2
            if what == "bare":
                del fields["ETag"]
            fields["Content-Range"] = "bytes %d-%d/%s" % (
                first, last, "*" if what == "unknown" else self.size)
        if "coding" in self.q:
            fields["Content-Encoding"] = self.q["coding"]
        if self.q.get("chunked"):
            fields["Transfer-Encoding"] = "chunked"
        else:
            fields["Content-Length"] = str(last + 1 - first)
        if self.status == 200:
            fields["Content-Type"] = "text/x-whole"
            fields["Content-Disposition"] = 'attachment; filename="named.bin"'
        self.head(fields)
        self.body(first, last)

    def head(self, fields):
        text = "HTTP/1.1 %d X\r\n" % self.status + "".join(
            "%s: %s\r\n" % item for item in fields.items()) + "\r\n"
        self.wfile.write(text.encode())

    def body(self, first, last):
        cut = int(self.q.get("cut", 0))
        if self.nth > int(self.q.get("cut_max", self.nth)):
            cut = 0
        rate, start = int(self.q.get("rate", 0)), time.monotonic()
        for piece in pieces(self.version, first, last):
            if cut and self.sent + len(piece) > cut:
                piece = piece[:cut - self.sent]
            if self.q.get("chunked"):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            else:
                self.wfile.write(piece)
            self.sent += len(piece)
            if cut and self.sent >= cut and self.sent < last + 1 - first:
                self.close_connection = True
                return
            if rate:
                ahead = self.sent / rate - (time.monotonic() - start)
                if ahead > 0:
                    time.sleep(ahead)
        if self.q.get("chunked"):
            self.wfile.write(b"0\r\n\r\n")


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 128
    started = int(time.time())

    def handle_error(self, request, client_address):
        pass  # a client that was killed


def main():
    if len(sys.argv) == 4:  # LOG VERSION SIZE: the file itself
        for piece in pieces(int(sys.argv[2]), 0, int(sys.argv[3]) - 1):
            sys.stdout.buffer.write(piece)
        return
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


main()
