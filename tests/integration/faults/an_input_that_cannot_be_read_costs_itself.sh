# A folder, a file whose reading fails, and a connection that is reset are named
# and make it status 3.  Records that were read before, and the other inputs,
# are fetched.
server_start
urls 3 "$URL/?" >list
mkdir folder
exits 3 ff list folder "$URL/?last" >out 2>err
holds "the others" out 'length == 4 and all(.ok)'
check "the message names the file" grep -q "cannot open 'folder': Is a directory" err

# Reading its first page, which is not mapped, is an input/output error.
[ -r /proc/self/mem ] || skip "there is no /proc/self/mem"
exits 3 ff /proc/self/mem list >out 2>err
holds "the others" out 'length == 3 and all(.ok)'
check "the message names the file" \
    grep -q '^fanfetch: error: /proc/self/mem:1: cannot read: Input/output' err

# The peer closes its socket without reading what we have sent.
need python3
cat >reset.py <<'PYTHON'
import os, socket, struct, subprocess, sys, time
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
peer, _ = server.accept()
child = subprocess.Popen(sys.argv[2:], stdin=client)
client.close()
peer.sendall(sys.argv[1].encode() + b"/?0\n" + sys.argv[1].encode())
while os.stat("out").st_size == 0:
    time.sleep(0.02)
peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
peer.close()
sys.exit(child.wait())
PYTHON
exits 3 python3 reset.py "$URL" timeout 20 "$FANFETCH" - "$URL/?last" \
    >out 2>err
holds "earlier lines and the other input are fetched, half a line is not" out '
    map(.url | split("?") | last) == ["0", "last"] and all(.ok)'
check "the failure is reported" grep -q 'standard input:2: cannot read: Connection reset' err
