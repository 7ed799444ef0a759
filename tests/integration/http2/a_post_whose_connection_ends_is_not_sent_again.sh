# The server ends each connection at its second request, or refuses that with
# the same segment: then it is certain that it did not process the request.
need python3
certificates
cat >server.py <<'PY'
import socket
import ssl
import sys

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
            if is_refusing:
                conn.sendall(frame(RST_STREAM, 0, stream, refusal))
            break
        conn.sendall(frame(HEADERS, 5, stream, b"\x88"))  # 200, and no more
    file.close()
    conn.shutdown(socket.SHUT_WR)
    while conn.recv(4096):  # what is unread would turn the end into a reset
        pass
    conn.close()


is_refusing = sys.argv[1] == "refuse"
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
# posts HOW METHOD STATUS: two requests to a server that ends or refuses.
posts() {
    : >seen # before the shell in the background does it
    python3 server.py "$1" >seen &
    CLEANUP_PIDS+=("$!")
    wait_lines seen 1
    read -r port <seen
    cat >list <<EOF
{"url":"https://127.0.0.1:$port/"}
{"url":"https://127.0.0.1:$port/","method":"$2"}
EOF
    exits "$3" ff --cacert tls/ca.pem --limit 1 --concurrency 1 list >out
}
posts end PUT 0
same "a PUT goes out twice" "$(grep -c request seen)" 3
posts end POST 1
same "a POST does not" "$(grep -c request seen)" 2
holds "the error says why" out '.[1].error.message | test("not sent twice")'
posts refuse POST 0
same "a refused POST goes out twice" "$(grep -c request seen)" 3
