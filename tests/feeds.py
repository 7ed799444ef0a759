#!/usr/bin/env python3
"""feeds.py DIR - serve files with validators, right and wrong ones.

GET or HEAD /KIND/NAME answers the content of DIR/KIND/NAME.  Kinds:

  etag      a strong ETag              modified  Last-Modified alone
  weak      a weak ETag                both      ETag and Last-Modified
  none      no validator               bare      an ETag without its quotes
  deaf      an ETag, but never a 304   fresh     another ETag each time
  lying     304 to all                 broken    500 while DIR/broken/down is
  accept    by Accept, with Vary
  redirect  302 to what DIR/redirect/NAME says, 500 where it is empty

Prints the port, and writes to DIR/log a line for each request: method,
path, status, bytes sent, If-None-Match and If-Modified-Since ("-": none).
"""

import email.utils
import hashlib
import http.server
import os
import sys
import threading

root = sys.argv[1]
lock = threading.Lock()
count = 0


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def validators(self, kind, path, body):
        global count
        tag = hashlib.md5(body).hexdigest()
        when = email.utils.formatdate(os.stat(path).st_mtime, usegmt=True)
        if kind == "fresh":
            with lock:
                count += 1
                tag = "%d" % count
        tags = {"weak": 'W/"%s"', "bare": "%s"}
        if kind in ("etag", "weak", "both", "bare", "deaf", "fresh",
                    "broken", "accept"):
            yield "ETag", tags.get(kind, '"%s"') % tag
        if kind in ("modified", "both"):
            yield "Last-Modified", when

    def is_unchanged(self, kind, validators):
        if kind == "lying":
            return True
        if kind in ("deaf", "fresh", "none"):
            return False
        asked = self.headers.get("If-None-Match")
        if asked is not None:
            return asked == validators.get("ETag")
        asked = self.headers.get("If-Modified-Since")
        return asked is not None and asked == validators.get("Last-Modified")

    def answer(self):
        kind, name = self.path.lstrip("/").split("/", 1)
        path = os.path.join(root, kind, name)
        with open(path, "rb") as f:
            body = f.read()
        if kind == "redirect":
            if not body:
                return 500, {}, b"an error\n"
            return 302, {"Location": body.decode().strip()}, b""
        if kind == "broken" and os.path.exists(root + "/broken/down"):
            return 500, {"ETag": '"of the error"'}, b"an error\n"
        if kind == "accept":
            body = self.headers.get("Accept", "").encode() + b"\n"
        validators = dict(self.validators(kind, path, body))
        if self.is_unchanged(kind, validators):
            return 304, validators, b""
        return 200, validators, body

    def do_GET(self):
        status, headers, body = self.answer()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        head = sum(map(len, self._headers_buffer)) + 2
        if self.command == "HEAD":
            body = b""
        # Before the answer is there: then a case that has it finds the line.
        line = [self.command, self.path, status, head + len(body)]
        line += [self.headers.get(name, "-")
                 for name in ("If-None-Match", "If-Modified-Since")]
        with lock:
            with open(root + "/log", "a") as log:
                log.write("\t".join(map(str, line)) + "\n")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    do_HEAD = do_POST = do_GET

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
