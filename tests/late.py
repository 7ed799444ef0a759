"""late.py [CERT KEY] - a server that sends what nobody asked for.

Prints its port, then a line for each request: number of the connection, of the
request on it, method, path.  With a certificate it speaks TLS.  The body of an
answer is the path that was asked for, but for these:

/late/KIND       answers, and sends more when 20 ms have passed: a whole response,
                 a 408, the end of chunks, an empty line, the end of the
                 connection.  Then it prints "late".
/declares/N      status N (HEAD: 200) that declares a body, which comes when the
                 next request is there, before its answer
/ends/N          answers N requests of a connection; the next one is read, and
                 the connection closed
/early/...       answers at the end of the head, and reads the body then
/idle/MS         as any other, but says "rested" MS milliseconds later

When a connection has ended it prints "left".
"""

import socket
import sys
import threading
import time

STOLEN = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nSTOLEN"
LATE = {
    "response": STOLEN,
    "408": b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
    "chunk": b"0\r\n\r\n",
    "line": b"\r\n",
}
lock = threading.Lock()


def say(*words):
    with lock:
        print(*words, flush=True)


def read_head(lines):
    """Method, path and length, or None where the client has closed."""
    words = lines.readline().split()
    length = 0
    while (line := lines.readline()) not in (b"\r\n", b""):
        name, value = line.split(b":", 1)
        if name.lower() == b"content-length":
            length = int(value)
    return (words[0].decode(), words[1].decode(), length) if words else None


def answer(sock, method, path, owed):
    """Returns what is still owed."""
    body = path.encode()
    head = b"HTTP/1.1 %d OK\r\nContent-Length: %d\r\n\r\n"
    if path.startswith("/declares/"):
        sock.sendall(owed + head % (int(path[10:]), len(STOLEN)))
        return STOLEN
    sock.sendall(owed + head % (200, len(body)) + body * (method != "HEAD"))
    kind = path[6:] if path.startswith("/late/") else None
    if kind or path.startswith("/idle/"):
        time.sleep(0.02 if kind else int(path[6:]) / 1000)
        if kind == "end":
            sock.shutdown(socket.SHUT_RDWR)
        elif kind:
            sock.sendall(LATE[kind])
        say("late" if kind else "rested")
    return b""


def serve(sock, number, context):
    owed, n = b"", 0
    try:
        if context:
            sock = context.wrap_socket(sock, server_side=True)
        lines = sock.makefile("rb")
        while (request := read_head(lines)) is not None:
            n += 1
            method, path, length = request
            is_early = path.startswith("/early/")
            if not is_early:
                lines.read(length)
            say(number, n, method, path)
            if path.startswith("/ends/") and n > int(path[6:]):
                break
            owed = answer(sock, method, path, owed)
            if is_early:
                lines.read(length)
        lines.close()
        sock.close()
    except (OSError, ValueError):
        pass
    say("left")


def main():
    context = None
    if len(sys.argv) > 1:
        import ssl

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*sys.argv[1:])
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    say(listener.getsockname()[1])
    number = 0
    while True:
        sock, _ = listener.accept()
        number += 1
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(
            target=serve, args=(sock, number, context), daemon=True
        ).start()


main()
