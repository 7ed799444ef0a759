"""A name server that does as a name's first letters say.

half_dns.py: on a port of loopback that it prints.  127.0.0.1 and ::1 for all:

    mute          without any answer
    noaaaa, noa   without an answer for AAAA, for A
    tc            a truncated answer without an address; over TCP the connection
                  ends
    silent        the same; nothing comes over TCP
    big           the same; TCP has the answer, one for each connection
    part          a truncated answer with an address
    slow          the answer comes after a second
    bad           a name without an end in the answer
    late          no address of ::1, and no answer for A in the first four
                  seconds
    old           no answer to a question with EDNS
    older         to such a question a header alone, with FORMERR
"""
import socket
import threading
import time

A, AAAA = 1, 28
TRUNCATED = "tc", "silent", "big"
ADDRESSES = {A: socket.inet_aton("127.0.0.1"),
             AAAA: socket.inet_pton(socket.AF_INET6, "::1")}


def answer(query, kind, end, is_truncated, has_address):
    flags = b"\x86\x00" if is_truncated else b"\x84\x00"
    reply = (query[:2] + flags + b"\0\1\0" + (b"\1" if has_address else b"\0")
             + b"\0\0\0\0" + query[12:end])
    if has_address:
        bits = ADDRESSES[kind]
        reply += (b"\xc0\x0c\0" + bytes((kind,)) + b"\0\1\0\0\0\0\0"
                  + bytes((len(bits),)) + bits)
    return reply


def talk(tcp):
    query = b""
    with tcp:
        while len(query) < 2 or len(query) < 2 + query[0] * 256 + query[1]:
            more = tcp.recv(65536)
            if not more:
                return
            query += more
        query = query[2:2 + query[0] * 256 + query[1]]
        end = query.index(b"\0", 12) + 5
        name = query[13:13 + query[12]].decode().lower()
        if name.startswith("silent"):
            tcp.recv(65536)
        elif name.startswith("big"):
            reply = answer(query, query[end - 3], end, False, True)
            tcp.sendall(len(reply).to_bytes(2, "big") + reply)


def listen(listener):
    while True:
        threading.Thread(target=talk, args=(listener.accept()[0],),
                         daemon=True).start()


first_asked = {}
udp = socket.socket(type=socket.SOCK_DGRAM)
while True:
    tcp = socket.create_server(("127.0.0.1", 0), backlog=1000)
    try:
        udp.bind(tcp.getsockname())
        break
    except OSError:
        tcp.close()
threading.Thread(target=listen, args=(tcp,), daemon=True).start()
print(udp.getsockname()[1], flush=True)
while True:
    query, peer = udp.recvfrom(65536)
    end = query.index(b"\0", 12) + 5
    kind = query[end - 3]
    name = query[13:13 + query[12]].decode().lower()
    if name.startswith("mute") or name == {A: "noa", AAAA: "noaaaa"}[kind]:
        continue
    if name.startswith("old") and query[11]:  # additional records
        if name.startswith("older"):
            udp.sendto(query[:2] + b"\x84\x01" + bytes(8), peer)
        continue
    if name.startswith("bad"):
        udp.sendto(query[:2] + b"\x84\x00\0\1\0\1\0\0\0\0" + query[12:end]
                   + b"\x3f", peer)
        continue
    is_late = name.startswith("late")
    if (is_late and kind == A and time.monotonic()
            < first_asked.setdefault(name, time.monotonic()) + 4):
        continue
    reply = answer(query, kind, end, name.startswith(TRUNCATED + ("part",)),
                   not name.startswith(TRUNCATED)
                   and not (is_late and kind == AAAA))
    threading.Timer(1 if name.startswith("slow") else 0, udp.sendto,
                    (reply, peer)).start()
