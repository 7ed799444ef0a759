"""A server that attacks: each name is an attack, on a port of its own.

    python3 hostile.py NAME...

prints "NAME PORT" for each, then "ready", and serves until it is killed.  The
names are the functions below, without their h1_, h2_ or raw_: what an h1_ or
h2_ function yields is sent as fast as the client takes it, once a request has
come; a raw_ function gets the connection.
"""

import socket
import sys
import threading
import time
import zlib

OK = b"HTTP/1.1 200 OK\r\n"
FOREVER = 10**9


def chunked(coding=b""):
    head = OK + b"Transfer-Encoding: chunked\r\n"
    if coding:
        head += b"Content-Encoding: " + coding + b"\r\n"
    return head + b"\r\n"


def whole(body, coding):
    return (OK + b"Content-Encoding: " + coding + b"\r\nContent-Length: "
            + str(len(body)).encode() + b"\r\n\r\n" + body)


def pack(data, bits=31):
    z = zlib.compressobj(3, zlib.DEFLATED, bits)
    return z.compress(data) + z.flush()


def repeat(piece, size=1 << 16):
    many = piece * (size // len(piece) + 1)
    while True:
        yield many


# ---- HTTP/1.1 ----

def h1_codings():
    """160 KB of Content-Encoding lines that say nothing."""
    line = b"Content-Encoding: identity,none\r\n"
    yield (OK + line * (160000 // len(line))
           + b"Content-Length: 2\r\n\r\nok")


def h1_many_codings():
    yield whole(b"ok", b", ".join([b"gzip"] * 1000))


def h1_many_unknown_codings():
    yield whole(b"ok", b", ".join(b"x%d" % i for i in range(1000)))


def h1_empty_blocks():
    """Some 70 MB of deflate's empty blocks, packed twice."""
    blocks = b"\0\0\0\xff\xff" * (14 << 20)
    yield whole(pack(pack(blocks)), b"deflate, gzip, gzip")


def h1_endless_empty_blocks():
    """Empty blocks as they are, without an end."""
    yield chunked(b"deflate")
    yield from repeat(b"ffff\r\n" + b"\0\0\0\xff\xff" * 13107 + b"\r\n",
                      1 << 18)


def h1_empty_members():
    """gzip members of nothing, without an end."""
    yield OK + b"Content-Encoding: gzip\r\n\r\n"
    yield from repeat(pack(b""), 1 << 18)


def h1_tiny_chunks():
    yield chunked()
    yield from repeat(b"1\r\nx\r\n", 1 << 18)


def h1_chunk_extensions():
    yield chunked()
    yield from repeat(b"1;" + b"e" * 4000 + b"\r\nx\r\n", 1 << 18)


def h1_endless_interim():
    yield from repeat(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")


def h1_endless_head():
    yield OK
    yield from repeat(b"X: y\r\n")


def h1_endless_line():
    yield OK + b"X: "
    yield from repeat(b"y")


def h1_endless_trailers():
    yield chunked() + b"0\r\n"
    yield from repeat(b"X: y\r\n")


def h1_endless_body():
    yield OK + b"\r\n"
    yield from repeat(b"x", 1 << 18)


def h1_cookies():
    """As many cookies as a head may have, each with a long value."""
    yield (OK + b"".join(b"Set-Cookie: c%d=%s\r\n" % (i, b"v" * 60)
                         for i in range(1500))
           + b"Content-Length: 2\r\n\r\nok")


def h1_spaces():
    """A head of folded lines."""
    yield (OK + b"Content-Encoding: identity\r\n" + b" ,\r\n" * 4500
           + b"Content-Length: 2\r\n\r\nok")


def raw_trickle(conn):
    """A byte of the head now and then."""
    conn.sendall(OK + b"X: ")
    while True:
        conn.sendall(b"y")
        time.sleep(0.05)


# ---- HTTP/2 ----

DATA, HEADERS, PRIORITY, RST, SETTINGS, PUSH, PING, GOAWAY, WINDOW, CONT = \
    range(10)


def frame(kind, payload=b"", flags=0, stream=0):
    return (len(payload).to_bytes(3, "big") + bytes([kind, flags])
            + stream.to_bytes(4, "big") + payload)


HEAD = frame(HEADERS, b"\x88", 4, 1)  # :status 200


def h2_none():
    """No attack: the answer of a slow bystander."""
    time.sleep(0.2)
    yield frame(HEADERS, b"\x88", 5, 1)


def h2_empty_data():
    yield HEAD
    yield from repeat(frame(DATA, b"", 0, 1))


def h2_padded_data():
    yield HEAD
    yield from repeat(frame(DATA, b"\x01\x00", 8, 1))


def h2_data_of_a_byte():
    yield HEAD
    yield from repeat(frame(DATA, b"x", 0, 1))


def h2_window_update():
    """Windows would overflow: up to that, then others' streams."""
    yield HEAD
    yield from repeat(frame(WINDOW, (1).to_bytes(4, "big")))


def h2_ping():
    yield HEAD
    yield from repeat(frame(PING, b"12345678"))


def h2_ping_ack():
    yield HEAD
    yield from repeat(frame(PING, b"12345678", 1))


def h2_settings():
    yield HEAD
    yield from repeat(frame(SETTINGS))


def h2_settings_ack():
    yield HEAD
    yield from repeat(frame(SETTINGS, b"", 1))


def h2_priority():
    yield HEAD
    yield from repeat(frame(PRIORITY, b"\0\0\0\3\1", 0, 5))


def h2_unknown():
    yield HEAD
    yield from repeat(frame(0x77, b"", 0, 1))


def h2_continuation():
    yield frame(HEADERS, b"\x88", 0, 1)
    yield from repeat(frame(CONT, b"", 0, 1))


def h2_continuation_fields():
    yield frame(HEADERS, b"\x88", 0, 1)
    yield from repeat(frame(CONT, b"\x00\x01a\x01b" * 100, 0, 1))


def h2_interim():
    yield from repeat(frame(HEADERS, b"\x08\x03103", 4, 1))


def h2_trailers():
    yield HEAD
    yield from repeat(frame(HEADERS, b"\x00\x01a\x01b", 4, 1))


def h2_rst_of_others():
    yield HEAD
    yield from repeat(frame(RST, b"\0\0\0\0", 0, 3))


def h2_goaway():
    yield HEAD
    yield from repeat(frame(GOAWAY, b"\x7f\xff\xff\xff\0\0\0\0"))


def h2_push():
    yield HEAD
    yield from repeat(frame(PUSH, b"\0\0\0\2\x82", 4, 1))


# ---- Serving ----

def drain(conn):
    """Read what comes: a flood's answers must not fill the way back."""
    try:
        while conn.recv(1 << 16):
            pass
    except OSError:
        pass


def read_request(conn, is_h2):
    data = b""
    while True:
        piece = conn.recv(1 << 16)
        if not piece:
            return False
        data += piece
        if not is_h2 and b"\r\n\r\n" in data:
            return True
        if not is_h2 or len(data) < 24:
            continue
        at = 24
        while at + 9 <= len(data):
            if data[at + 3] == HEADERS:
                return True
            at += 9 + int.from_bytes(data[at:at + 3], "big")


def serve_one(conn, kind, attack):
    try:
        if kind == "h2":
            conn.sendall(frame(SETTINGS))
        if not read_request(conn, kind == "h2"):
            return
        threading.Thread(target=drain, args=(conn,), daemon=True).start()
        if kind == "raw":
            attack(conn)
        else:
            for piece in attack():
                conn.sendall(piece)
        time.sleep(FOREVER)
    except OSError:
        conn.close()


def serve(listener, kind, attack):
    while True:
        conn, _ = listener.accept()
        threading.Thread(target=serve_one, args=(conn, kind, attack),
                         daemon=True).start()


def find(name):
    for kind in "h1", "h2", "raw":
        attack = globals().get(kind + "_" + name)
        if attack:
            return kind, attack
    sys.exit("hostile.py: no attack " + name)


for name in sys.argv[1:]:
    kind, attack = find(name)
    listener = socket.create_server(("127.0.0.1", 0))
    print(name, listener.getsockname()[1])
    threading.Thread(target=serve, args=(listener, kind, attack),
                     daemon=True).start()
print("ready", flush=True)
time.sleep(FOREVER)
