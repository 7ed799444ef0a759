"""A server that attacks: each name is an attack, on a port of its own.

    python3 hostile.py [NAME...]

prints "NAME PORT KIND" for each, or for all, then "ready", and serves until it
is killed.  The names are the functions below, without their h1_, h2_ or raw_: what an h1_ or
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


def many(piece, times):
    """deflate without a head, of that many times the piece."""
    z = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = z.compress(piece) + z.flush(zlib.Z_FULL_FLUSH)
    return data * times + b"\3\0"


def h1_empty_blocks():
    """Some 70 MB of deflate's empty blocks, packed twice."""
    blocks = many(b"\0\0\0\xff\xff" * (1 << 18), 56)
    yield whole(pack(blocks), b"deflate, deflate, gzip")


def h1_transfer_codings():
    """A GiB of zeros, packed three times by transfer-codings, and cut short."""
    zeros = many(bytes(1 << 20), 1 << 10)
    head = OK + b"Transfer-Encoding: deflate, deflate, gzip\r\n\r\n"
    yield head + pack(pack(zeros, -15))[:-100]


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


def answer(*lines, body=b"ok", status=b"200 OK"):
    """A whole response with these header lines.  A status may have some, too."""
    return (b"HTTP/1.1 " + status + b"\r\n" + b"".join(l + b"\r\n" for l in lines)
            + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def framed(*lines, body=b"ok"):
    """The same, but these lines say where the body ends."""
    return OK + b"".join(l + b"\r\n" for l in lines) + b"\r\n" + body


def slowly(pieces, seconds=0.05):
    for piece in pieces:
        yield piece
        time.sleep(seconds)


def h1_endless_status_line():
    yield b"HTTP/1.1 200 "
    yield from repeat(b"y")


def h1_negative_length():
    yield framed(b"Content-Length: -1")


def h1_overflowing_length():
    yield framed(b"Content-Length: 99999999999999999999999")


def h1_huge_length():
    yield framed(b"Content-Length: 9223372036854775807")


def h1_two_lengths():
    yield framed(b"Content-Length: 2", b"Content-Length: 3")


def h1_length_and_chunks():
    yield framed(b"Content-Length: 2", b"Transfer-Encoding: chunked",
                 body=b"0\r\n\r\nok")


def h1_chunks_of_chunks():
    yield framed(b"Transfer-Encoding: chunked, chunked",
                 body=b"5\r\n0\r\n\r\n\r\n0\r\n\r\n")


def h1_overflowing_chunk():
    yield chunked() + b"FFFFFFFFFFFFFFFFF\r\nx"


def h1_negative_chunk():
    yield chunked() + b"-1\r\nx\r\n"


def h1_endless_chunk_size():
    yield chunked()
    yield from repeat(b"0")


def h1_endless_chunk_extension():
    yield chunked() + b"1;"
    yield from repeat(b"e")


def h1_slow_chunks():
    yield chunked()
    yield from slowly(b"1\r\nx\r\n" for _ in range(FOREVER))


def h1_slow_body():
    yield OK + b"Content-Length: 1000000\r\n\r\n"
    yield from slowly(b"x" for _ in range(FOREVER))


def h1_slow_interim():
    yield from slowly(b"HTTP/1.1 100 Continue\r\n\r\n" for _ in range(FOREVER))


def h1_silence():
    yield from ()


def h1_silence_after_the_head():
    yield OK + b"Content-Length: 5\r\n\r\n"


def h1_nul_in_a_header():
    yield answer(b"X: a\0b")


def h1_bare_returns():
    yield OK + b"X: y\rZ: w\r" * 5000 + b"\r\n\r\n"


def h1_no_colons():
    yield answer(*[b"nothing"] * 3000)


def h1_controls():
    """What a terminal would obey, in each place."""
    yield answer(b"Content-Type: \x1b]0;pwned\x07", b"X-\x1b[2J: \x9b31m",
                 body=b"\x1b[2J\x00\x9b", status=b"200 \x1b[31m")


def h1_upgrade():
    """A protocol that nobody has asked for, and what may be its frames."""
    yield b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"
    yield from repeat(b"\0\0\0\4\0\0\0\0\0")


def h1_other_versions():
    yield from repeat(b"HTTP/9.9 200 OK\r\n\r\n")


def h1_more_than_one_answer():
    yield answer() * 2000


def h1_authenticate():
    yield answer(*[b'WWW-Authenticate: Digest realm="%d", nonce="x"' % i
                   for i in range(3000)], status=b"401 Unauthorized")


def h1_denied_tunnel():
    """A proxy's answer, whose body does not end."""
    yield framed(b"Content-Length: 99999999999").replace(b"200 OK", b"407 No")
    yield from repeat(b"x", 1 << 18)


def h1_alt_svc():
    yield answer(*[b'Alt-Svc: h3=":%d"; ma=99999999' % i
                   for i in range(4000)])


def h1_retry_after():
    yield answer(b"Retry-After: 99999999999999999999",
                 status=b"503 Service Unavailable")


def h1_disposition():
    yield answer(b"Content-Disposition: attachment"
                 + b'; filename*0="../a"' * 4000)


def h1_charset():
    yield answer(b"Content-Type: text/html; charset=" + b"x" * 90000,
                 body=b"\x1b$B" * 30000)


def h1_long_cookies():
    yield answer(*[b"Set-Cookie: c%d=%s" % (i, b"v" * 4000)
                   for i in range(45)])


def h1_odd_cookies():
    yield answer(*[b"Set-Cookie: c%d=v; Path=%s; Domain=%s; Expires=%s" % (
        i, b"/" * 60, b"." * 20, b"9" * 60) for i in range(1000)])


def h1_location_of_a_file():
    yield answer(b"Location: file:///etc/passwd", status=b"302 Found\r\nConnection: close")


def h1_location_loop():
    yield answer(b"Location: ?", status=b"302 Found\r\nConnection: close")


def h1_location_of_dots():
    yield answer(b"Location: " + b"a/../" * 12000, status=b"302 Found\r\nConnection: close")


def h1_location_too_long():
    yield answer(b"Location: /" + b"a" * 90000, status=b"302 Found\r\nConnection: close")


def h1_long_locations():
    """One that leads to itself, hop after hop."""
    yield answer(b"Location: /?" + b"a" * 60000, b"Content-Type: " + b"t" * 60000,
                 status=b"302 Found\r\nConnection: close")


def h1_many_locations():
    yield answer(*[b"Location: /%d" % i for i in range(4000)],
                 status=b"302 Found\r\nConnection: close")


def h1_redirect_with_an_endless_body():
    yield (b"HTTP/1.1 302 Found\r\nLocation: /\r\n"
           b"Transfer-Encoding: chunked\r\n\r\n")
    yield from repeat(b"1\r\nx\r\n", 1 << 18)


# Letters: if the time is over first, what had come is shown, and a NUL takes
# six bytes of the line.
def h1_bomb():
    yield whole(many(b"a" * (1 << 20), 512), b"deflate")


def h1_bomb_in_a_bomb():
    yield whole(pack(many(b"a" * (1 << 20), 4096)), b"deflate, gzip")


def h1_nuls():
    """Six times as long in the line."""
    yield whole(pack(bytes(8 << 20)), b"gzip")


def h1_no_gzip():
    yield whole(b"\x1f\x8b\x08" + b"\xff" * 60000, b"gzip")


def h1_no_brotli():
    yield whole(b"\xff" * 60000, b"br")


def h1_no_zstd():
    yield whole(b"\x28\xb5\x2f\xfd\xff" + b"\xff" * 60000, b"zstd")


def h1_gzip_header():
    """The name of a file in gzip's header, without an end."""
    yield OK + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08" + bytes(6)
    yield from repeat(b"n", 1 << 18)


def raw_reset(conn):
    conn.sendall(OK + b"Content-Length: 10\r\n\r\nabc")
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                    b"\1\0\0\0\0\0\0\0")
    conn.close()


def raw_end_in_the_head(conn):
    conn.sendall(OK + b"Content-Le")
    conn.shutdown(socket.SHUT_RDWR)


def raw_noise(conn):
    while True:
        conn.sendall(bytes(range(256)) * 256)


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
    """No attack: the answer of a slow bystander, to one request a connection."""
    time.sleep(0.2)
    yield frame(HEADERS, b"\x88", 5, 1)
    yield frame(GOAWAY, b"\0\0\0\1\0\0\0\0", 0, 0)


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


def h2_silence_of_a_stream():
    yield HEAD


def h2_slow_data():
    yield HEAD
    yield from slowly(frame(DATA, b"x", 0, 1) for _ in range(FOREVER))


def h2_table_bomb():
    """A field of 4000 bytes in the table, and then its number."""
    yield frame(HEADERS, b"\x88\x40\x01a\x7f\xa1\x1e" + b"v" * 4000
                + b"\xbe" * 10000, 4, 1)
    yield frame(DATA, b"", 1, 1)


def h2_many_settings():
    yield HEAD
    yield from repeat(frame(SETTINGS, b"\0\x99\0\0\0\1" * 2000))


def h2_changing_windows():
    yield HEAD
    yield from repeat(b"".join(
        frame(SETTINGS, b"\0\4" + n.to_bytes(4, "big"))
        for n in (1, 1 << 20)))


def h2_table_sizes():
    yield HEAD
    yield from repeat(b"".join(
        frame(SETTINGS, b"\0\1" + n.to_bytes(4, "big"))
        for n in (0, 1 << 31)))


def h2_frame_too_large():
    yield HEAD + (1 << 20).to_bytes(3, "big") + b"\0\0\0\0\0\1"
    yield from repeat(b"x")


def h2_data_first():
    yield frame(DATA, b"x" * 100, 0, 1) + HEAD


def h2_reset_with_an_answer():
    yield HEAD + frame(RST, b"\0\0\0\7", 0, 1)


def h2_goaway_of_nothing():
    yield frame(GOAWAY, bytes(8))


def h2_altsvc():
    yield HEAD
    yield from repeat(frame(10, b"\0\1ah3=\":443\"", 0, 0))


def h2_origins():
    yield HEAD
    yield from repeat(frame(12, b"\0\x10https://a.example" * 100, 0, 0))


def h2_no_http2():
    yield answer()


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
        if kind == "raw":
            attack(conn)
        else:
            threading.Thread(target=drain, args=(conn,), daemon=True).start()
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


def all_names():
    return [name.split("_", 1)[1] for name in list(globals())
            if name.startswith(("h1_", "h2_", "raw_"))]


for name in sys.argv[1:] or all_names():
    kind, attack = find(name)
    listener = socket.create_server(("127.0.0.1", 0))
    print(name, listener.getsockname()[1], kind)
    threading.Thread(target=serve, args=(listener, kind, attack),
                     daemon=True).start()
print("ready", flush=True)
time.sleep(FOREVER)
