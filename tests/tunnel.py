"""tunnel.py WAY KIND CERT KEY - a TLS server of HTTP/1.1 that misbehaves.

WAY: direct; http: it is within the tunnel of an HTTP proxy, for any name;
https: the same, and the proxy is reached over TLS.  Each answer's body is the
path.  KIND liar: paths that end in 9 are answered as if by HTTP/2; twice: an
answer that nobody asked for comes with the first one of a connection; slow: the
proxy answers after half a second.  Prints its port, and "two" where a request
came before the answer to the one before.
"""

import socket
import ssl
import sys
import threading
import time

WAY, KIND = sys.argv[1:3]
CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
CONTEXT.load_cert_chain(*sys.argv[3:5])


class Tls:
    """TLS whose bytes are sent when flush() says so, within one record."""

    def __init__(self, below):
        self.below = below
        self.came, self.goes = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = CONTEXT.wrap_bio(self.came, self.goes, server_side=True)
        self.when_read(self.tls.do_handshake)

    def flush(self):
        if self.goes.pending:
            self.below.sendall(self.goes.read())

    def when_read(self, function, *args):
        while True:
            try:
                result = function(*args)
                self.flush()
                return result
            except ssl.SSLWantReadError:
                self.flush()
                data = self.below.recv(65536)
                if not data:
                    raise OSError from None
                self.came.write(data)

    def recv(self, size):
        return self.when_read(self.tls.read, size)


def head(sock, data):
    while b"\r\n\r\n" not in data:
        more = sock.recv(65536)
        if not more:
            raise OSError
        data += more
    return data.split(b"\r\n\r\n", 1)


def answer(tls, path, version=b"1.1"):
    tls.write(
        b"HTTP/%s 200 OK\r\nContent-Length: %d\r\n\r\n%s"
        % (version, len(path), path)
    )


def serve(sock):
    try:
        if WAY == "https":
            sock = CONTEXT.wrap_socket(sock, server_side=True)
        if WAY != "direct":
            head(sock, b"")
            time.sleep(0.5 if KIND == "slow" else 0)
            sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        tls, data, is_first = Tls(sock), b"", True
        while True:
            request, data = head(tls, data)
            if data:
                print("two", flush=True)
            path = request.split()[1]
            is_lie = KIND == "liar" and path.endswith(b"9")
            answer(tls.tls, path, b"2" if is_lie else b"1.1")
            if KIND == "twice" and is_first:
                answer(tls.tls, b"unasked")
            is_first = False
            tls.flush()
    except OSError:
        sock.close()


listener = socket.create_server(("127.0.0.1", 0), backlog=256)
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(
        target=serve, args=(listener.accept()[0],), daemon=True
    ).start()
