"""An HTTP/2 server over TLS that sends its connections away.

h2_server.py MODE: with tls/good.pem, on a port of loopback that it prints
first, and on the Unix socket h2.sock.  Then a line for each request that has come
whole: milliseconds since the start, connection, stream, what it did (answer,
refuse, ignore) and the body.

    plain      without TLS; a connection's first stream is reset with
               INTERNAL_ERROR, the others are answered
    refuse     each stream is refused (REFUSED_STREAM)
    goaway N [S]
               a connection answers N streams, and ignores those above with a
               GOAWAY that says so; its handshake begins after S seconds
    liar N     ditto, but for an INTERNAL_ERROR
    two-steps  a GOAWAY that names no stream, 50 ms later one with the last
               that is looked at, 50 ms later the answers
    late N S   the first N connections answer their first stream after S seconds,
               and ignore those above with a GOAWAY that says so
    farewell N E
               the first N connections say by a GOAWAY with the error E that
               they end, and end without an answer; others answer
    vanish N   a connection answers N streams, and ends when there is one more
    cut        every other answer of a connection ends with
               RST_STREAM(NO_ERROR) instead of END_STREAM, the others with both
    midst N    each answer ends in the midst of its body with RST_STREAM(N)
    torn N     ditto, in the packet in which it begins
    fault N    a connection answers N streams; to a later one it sends a frame
               that is an error of the connection, and leaves it open
    half       half a body, and then such a frame
    notify N   a connection answers N streams; when there is one more it ends TLS by
               a close_notify, and leaves TCP open
    garble N   ditto, but by a record that cannot be decrypted
    silent N   the first connection answers N streams, and then nothing more,
               for ever; others answer
    large      all are answered, with a head of 110 KB
    full       a connection answers one stream, and allows no more
    http1      each stream is reset with HTTP_1_1_REQUIRED
    redirect   a connection's first stream is a redirect whose body does not come
    resets     all are answered, one whose body is "half" without END_STREAM; a
               stream that the client resets is logged again
    abort N    a connection that has N streams sends half a body for the first one,
               and resets TCP
    early S E  a request with a body is answered with the status S at the end of
               its head; then RST_STREAM(E), if there is an E.  No windows are
               opened: of each connection's bodies 65,535 bytes can be sent
    hasty      a connection answers a stream, sends a PING, and resets TCP
    linger     all are answered, but no TLS close; what it did tells how many
               connections are open: those whose client has not ended TCP
"""
import itertools
import os
import socket
import ssl
import struct
import sys
import threading
import time

DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY = 0, 1, 3, 4, 6, 7
CONTINUATION = 9
END_STREAM, ACK = 1, 1
NO_ERROR, INTERNAL_ERROR, REFUSED_STREAM, HTTP_1_1_REQUIRED = 0, 2, 7, 13
MODE = sys.argv[1]
MOST = int(sys.argv[2]) if len(sys.argv) > 2 else 0
START = time.monotonic()
ESTABLISHED = 1  # of TCP_INFO
OPEN = []
LOG = threading.Lock()


def u32(n):
    return n.to_bytes(4, "big")


def frame(kind, flags, stream, payload=b""):
    return (len(payload).to_bytes(3, "big") + bytes((kind, flags))
            + u32(stream) + payload)


def answer(stream):
    return frame(HEADERS, 4, stream, b"\x88") + frame(DATA, END_STREAM, stream,
                                                       b"%d" % stream)


def redirect(stream):
    head = b"\x08\x03302" + b"\x0f\x1f\x05/done" # :status, location
    return frame(HEADERS, 4, stream, head)


def large(stream):
    """A head with 110 fields of 1,000 bytes."""
    field = b"\0\1a" + b"\x7f\xe9\6" + b"v" * 1000
    head = b"\x88" + field * 110
    parts = [head[at:at + 16000] for at in range(0, len(head), 16000)]
    last = len(parts) - 1
    return b"".join(frame(CONTINUATION if i else HEADERS, 4 * (i == last), stream, p)
                    for i, p in enumerate(parts)) + answer(stream)[10:]


class Connection:
    def __init__(self, number, tcp):
        self.number = number
        tcp.settimeout(20)
        if MODE == "goaway" and len(sys.argv) > 3:
            time.sleep(float(sys.argv[3]))
        self.tls = (tcp if MODE == "plain" else
                    TLS.wrap_socket(tcp, server_side=True))
        self.file = self.tls.makefile("rb")
        self.lock = threading.Lock()
        self.bodies = {}
        self.looked_at = set()
        self.is_leaving = False

    def send(self, data):
        with self.lock:
            self.tls.sendall(data)

    def log(self, stream, what):
        ms = int((time.monotonic() - START) * 1000)
        with LOG:
            print(ms, self.number, stream, what, self.bodies[stream].decode(),
                  flush=True)

    def end(self):
        self.tls.shutdown(socket.SHUT_RDWR)

    def reset(self):
        self.tls.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                            struct.pack("ii", 1, 0))
        self.file.close()
        self.tls.close()

    def cut(self, stream, is_cut):
        self.send(frame(HEADERS, 4, stream, b"\x88")
                  + frame(DATA, 0 if is_cut else END_STREAM, stream, b"part"))
        if is_cut:
            time.sleep(0.05)  # libcurl 7.88 drops what comes with the reset
        self.send(frame(RST_STREAM, 0, stream, u32(NO_ERROR)))

    def early(self, stream):
        self.log(stream, "answer")
        head = b"\x08\x03" + sys.argv[2].encode()  # :status
        self.send(frame(HEADERS, 4, stream, head)
                  + frame(DATA, END_STREAM, stream, b"%d" % stream)
                  + (frame(RST_STREAM, 0, stream, u32(int(sys.argv[3])))
                     if len(sys.argv) > 3 else b""))

    def late(self, stream):
        if self.number > MOST:
            self.log(stream, "answer")
            self.send(answer(stream))
        elif stream == 1:
            self.log(stream, "answer")
            threading.Timer(float(sys.argv[3]), self.send_last).start()
        else:
            self.log(stream, "ignore")
            self.send(frame(GOAWAY, 0, 0, u32(1) + u32(0)))

    def send_last(self):
        try:
            self.send(answer(1))
            self.end()
        except OSError:
            pass

    def leave(self):
        try:
            last = max(self.bodies)
            self.send(frame(GOAWAY, 0, 0, u32(last) + u32(0)))
            time.sleep(0.05)
            for stream in sorted(s for s in self.bodies if s <= last):
                self.log(stream, "answer")
                self.send(answer(stream))
            time.sleep(0.5)
            self.end()
        except OSError:
            pass

    def request(self, stream):
        if MODE == "refuse":
            self.log(stream, "refuse")
            self.send(frame(RST_STREAM, 0, stream, u32(REFUSED_STREAM)))
        elif MODE == "plain" and stream == 1:
            self.log(stream, "ignore")
            self.send(frame(RST_STREAM, 0, stream, u32(INTERNAL_ERROR)))
        elif MODE == "http1":
            self.log(stream, "refuse")
            self.send(frame(RST_STREAM, 0, stream, u32(HTTP_1_1_REQUIRED)))
        elif MODE == "cut":
            self.log(stream, "answer")
            self.cut(stream, stream % 4 == 1)
        elif MODE in ("midst", "torn"):
            self.log(stream, "answer")
            part = (frame(HEADERS, 4, stream, b"\x88")
                    + frame(DATA, 0, stream, b"part"))
            end = frame(RST_STREAM, 0, stream, u32(MOST))
            if MODE == "torn":
                self.send(part + end)
                return
            self.send(part)
            time.sleep(0.05)  # libcurl 7.88 drops what comes with the reset
            self.send(end)
        elif MODE == "redirect":
            self.log(stream, "redirect" if stream == 1 else "answer")
            self.send(redirect(1) if stream == 1 else answer(stream))
        elif MODE == "two-steps":
            if not self.is_leaving:
                self.is_leaving = True
                self.send(frame(GOAWAY, 0, 0, u32(2**31 - 1) + u32(0)))
                threading.Timer(0.05, self.leave).start()
        elif MODE == "farewell" and self.number <= MOST:
            self.log(stream, "ignore")
            self.send(frame(GOAWAY, 0, 0, u32(stream) + u32(int(sys.argv[3]))))
            self.end()
        elif MODE == "large":
            self.log(stream, "answer")
            self.send(large(stream))
        elif MODE == "full":
            self.log(stream, "answer")
            none = b"\0\3" + u32(0)  # MAX_CONCURRENT_STREAMS
            self.send(answer(stream) + frame(SETTINGS, 0, 0, none))
        elif MODE == "linger":
            self.log(stream, "open %d" % sum(map(is_established, OPEN)))
            self.send(answer(stream))
        elif MODE == "resets":
            self.log(stream, "answer")
            self.send(answer(stream) if self.bodies[stream] != b"half" else
                      frame(HEADERS, 4, stream, b"\x88")
                      + frame(DATA, 0, stream, b"half a body"))
        elif MODE == "abort":
            self.log(stream, "ignore")
            if len(self.bodies) == MOST:
                self.send(frame(HEADERS, 4, 1, b"\x88")
                          + frame(DATA, 0, 1, b"half"))
                time.sleep(0.1)  # so that the client has it
                self.reset()
        elif MODE == "hasty":
            self.log(stream, "answer")
            self.tls.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.send(answer(stream) + frame(PING, 0, 0, bytes(8)))
            self.reset()
        elif MODE == "late":
            self.late(stream)
        elif (stream in self.looked_at or MODE in ("farewell", "plain")
              or (MODE == "silent" and self.number > 1)):
            self.log(stream, "answer")
            self.send(answer(stream))
        elif MODE in ("fault", "half"):
            self.log(stream, "ignore")
            if MODE == "half":
                self.send(frame(HEADERS, 4, stream, b"\x88")
                          + frame(DATA, 0, stream, b"half"))
                time.sleep(0.1)  # so that the client has it
            self.send(frame(DATA, 0, 0, b"no stream"))
        elif MODE == "notify":
            self.log(stream, "ignore")
            self.tls.unwrap()  # waits for the client's
        elif MODE == "garble":
            self.log(stream, "ignore")
            socket.socket.sendall(self.tls, b"\x17\x03\x03\x00\x20" + b"x" * 32)
        elif MODE in ("goaway", "liar"):
            self.log(stream, "ignore")
            if not self.is_leaving:
                self.is_leaving = True
                self.send(frame(GOAWAY, 0, 0, u32(max(self.looked_at))
                                + u32(2 if MODE == "liar" else 0)))
                threading.Timer(0.2, self.end).start()
        else:
            self.log(stream, "ignore")
            if MODE != "silent":
                self.end()

    def serve(self):
        self.file.read(24)
        self.send(frame(SETTINGS, 0, 0))
        while len(head := self.file.read(9)) == 9:
            payload = self.file.read(int.from_bytes(head[:3], "big"))
            kind, flags = head[3], head[4]
            stream = int.from_bytes(head[5:], "big")
            is_silent = (MODE == "silent" and self.number == 1
                         and len(self.looked_at) == MOST)
            if kind in (SETTINGS, PING) and not flags & ACK and not is_silent:
                self.send(frame(kind, ACK, 0, payload if kind == PING else b""))
            if kind == HEADERS:
                self.bodies[stream] = b""
                if len(self.looked_at) < MOST:
                    self.looked_at.add(stream)
                if MODE == "early" and not flags & END_STREAM:
                    self.early(stream)
            if kind == RST_STREAM and MODE == "resets":
                self.log(stream, "reset")
            if kind == DATA:
                self.bodies[stream] += payload
            if kind in (HEADERS, DATA) and flags & END_STREAM:
                self.request(stream)


def is_established(tcp):
    return tcp.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == ESTABLISHED


def serve(number, tcp):
    if MODE in ("linger", "notify", "garble"):
        OPEN.append(tcp.dup())  # which keeps it from being closed
    try:
        Connection(number, tcp).serve()
    except (OSError, ValueError):  # ValueError: of a file that is closed
        pass


TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
TLS.load_cert_chain("tls/good.pem", "tls/good.key")
TLS.set_alpn_protocols(["h2"] if MODE != "http1" else ["h2", "http/1.1"])
listener = socket.create_server(("127.0.0.1", 0), backlog=200)
if os.path.exists("h2.sock"):
    os.unlink("h2.sock")
by_path = socket.socket(socket.AF_UNIX)
by_path.bind("h2.sock")
by_path.listen(200)
print(listener.getsockname()[1], flush=True)
COUNT = itertools.count(1)


def accept(at):
    while True:
        accepted = at.accept()[0]
        args = (next(COUNT), accepted)
        threading.Thread(target=serve, args=args, daemon=True).start()


threading.Thread(target=accept, args=(by_path,), daemon=True).start()
accept(listener)
