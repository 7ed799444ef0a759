# The server refuses each connection's second stream and closes with the same
# segment.  libcurl would send it again, but with the connection gone the
# refusal is not certain.
need python3
certificates
cat >server.py <<'PY'
import socket
import ssl

HEADERS, RST_STREAM, SETTINGS = 1, 3, 4
REFUSED_STREAM = 7


def frame(kind, flags, stream, payload=b""):
    return (len(payload).to_bytes(3, "big") + bytes((kind, flags))
            + stream.to_bytes(4, "big") + payload)


def serve(tcp):
    conn = tls.wrap_socket(tcp, server_side=True)
    file = conn.makefile("rb")
    file.read(24)  # the preface
    conn.sendall(frame(SETTINGS, 0, 0))
    nrequests = 0
    while head := file.read(9):
        file.read(int.from_bytes(head[:3], "big"))
        kind, flags, stream = head[3], head[4], int.from_bytes(head[5:], "big")
        if kind == SETTINGS and flags == 0:
            conn.sendall(frame(SETTINGS, 1, 0))
        if kind != HEADERS:
            continue
        nrequests += 1
        print("request", flush=True)
        if nrequests > 1:
            conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
            refusal = REFUSED_STREAM.to_bytes(4, "big")
            conn.sendall(frame(RST_STREAM, 0, stream, refusal))
            break
        conn.sendall(frame(HEADERS, 5, stream, b"\x88"))  # 200, and no more
    file.close()
    conn.shutdown(socket.SHUT_RDWR)
    conn.close()


tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain("tls/good.pem", "tls/good.key")
tls.set_alpn_protocols(["h2"])
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    try:
        serve(listener.accept()[0])
    except OSError:
        pass
PY
python3 server.py >seen &
CLEANUP_PIDS+=("$!")
wait_lines seen 1
read -r port <seen
cat >list <<EOF
{"url":"https://127.0.0.1:$port/"}
{"url":"https://127.0.0.1:$port/","method":"PUT"}
EOF
exits 0 ff --cacert tls/ca.pem --limit 1 --concurrency 1 list >out
same "a PUT goes out twice" "$(grep -c request seen)" 3
sed -i s/PUT/POST/ list
exits 1 ff --cacert tls/ca.pem --limit 1 --concurrency 1 list >out
same "a POST does not" "$(grep -c request seen)" 5
holds "the error says why" out '.[1].error.message | test("not sent twice")'
