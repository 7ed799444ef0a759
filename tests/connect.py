"""connect.py [CERT KEY] - a proxy that answers CONNECT badly.

With a certificate it is reached over TLS.  Prints its port.  The first label
of the host that is asked for says what comes:

    line, lines   a header line, or a number of them, beyond all bounds
    flood         header lines without end
    cut           half a head
    switch        a 101
    closed        nothing
    who           a 407 whose body never ends
"""

import socket
import ssl
import sys
import threading

ANSWERS = {
    "line": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200000 + b"\r\n\r\n",
    "lines": b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 100000 + b"\r\n",
    "flood": b"HTTP/1.1 200 OK\r\n",
    "cut": b"HTTP/1.1 200 OK\r\nX: x\r\n",
    "switch": b"HTTP/1.1 101 Switching\r\n\r\n",
    "closed": b"",
    "who": b"HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=x\r\n"
           b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
}
CONTEXT = None
if len(sys.argv) > 1:
    CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    CONTEXT.load_cert_chain(*sys.argv[1:3])


def answer(sock):
    try:
        if CONTEXT:
            sock = CONTEXT.wrap_socket(sock, server_side=True)
        kind = sock.recv(4096).split()[1].split(b".")[0].decode()
        sock.sendall(ANSWERS[kind])
        while kind == "flood":
            sock.sendall(b"X-Header: value\r\n" * 1000)
        if kind != "who":
            sock.shutdown(socket.SHUT_WR)
        sock.recv(4096)
    except OSError:
        pass


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(
        target=answer, args=(listener.accept()[0],), daemon=True
    ).start()
