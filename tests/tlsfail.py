"""tlsfail.py KIND CERT KEY [CA] - a TLS server each of whose connections fails.

Prints its port.  short: the body ends before its declared end, and TLS does not
say so; open: the same without a declared end; ended: TLS says so; silent: no
answer comes; begun: it ends within its first line; second: so does the second
one of a connection; forged: what comes instead of one was not encrypted with the key;
talks: a head without an end; plain: speaks no TLS; stale: says that our certificate has expired; name: knows
no name that it is asked for; client: wants a client certificate that CA vouches
for, and resets the connection where there is none.
"""

import os
import socket
import ssl
import struct
import sys
import threading

KIND = sys.argv[1]


def serve(sock, context):
    try:
        if KIND == "plain":
            sock.recv(4096)
            sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            sock.close()
            return
        if KIND == "stale":
            sock.recv(4096)
            sock.sendall(b"\x15\x03\x03\0\x02\x02\x2d")
            sock.recv(4096)
            return
        if KIND == "client":
            # The handshake is over for a client that has sent its request when
            # the server looks at its certificate.
            sock.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
            )
        tls = context.wrap_socket(sock, server_side=True)
        tls.recv(4096)
        while KIND == "talks":
            tls.sendall(b"HTTP/1.1 200 OK\r\n" + b"a:\r\n" * 4000)
        if KIND == "silent":
            tls.shutdown(socket.SHUT_RDWR)
            return
        if KIND == "second":
            tls.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            tls.recv(4096)
        if KIND in ("begun", "second"):
            tls.sendall(b"HTTP/1.1 2")
            tls.shutdown(socket.SHUT_RDWR)
            return
        if KIND == "forged":
            os.write(tls.fileno(), b"\x17\x03\x03\0\x20" + b"x" * 32)
            tls.recv(4096)
            return
        length = b"Content-Length: 99\r\n" if KIND == "short" else b""
        tls.sendall(b"HTTP/1.1 200 OK\r\n" + length + b"\r\nshort")
        if KIND == "ended":
            tls.unwrap()
        tls.shutdown(socket.SHUT_RDWR)
    except OSError:
        sock.close()


def no_name(*_):
    return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    if KIND == "name":
        context.sni_callback = no_name
    if KIND == "client":
        context.load_verify_locations(sys.argv[4])
        context.verify_mode = ssl.CERT_REQUIRED
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        args = (listener.accept()[0], context)
        threading.Thread(target=serve, args=args, daemon=True).start()


main()
