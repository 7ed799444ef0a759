server_start --unix "$PWD/socket"
exits 0 ff --unix-socket socket --body http://a.test/echo http://b.test/echo \
    http://127.0.0.1:1/echo >out
holds "no address" out 'length == 3 and
    all(.ok and .remote_ip == null and .remote_port == null)'
same "local sides" "$(server_log 'select(.event == "open").local' | sort -u)" \
    '"unix"'
same "hosts asked for" "$(jq -r '.body | fromjson | .headers[] |
    select(.[0] == "Host")[1]' out | sort | tr '\n' ' ')" \
    '127.0.0.1:1 a.test b.test '
# It is no address, so no choice among addresses concerns it.
for option in -4 -6; do
    exits 0 ff --unix-socket socket "$option" http://a.test/echo >out
done
exits 1 ff --unix-socket nowhere http://a.test/ >out
holds "an error to connect" out '.[0].error |
    .class == "connect" and (.message | test("nowhere.: No such file"))'
# No proxy is used, and none is blamed.
exits 1 ff --unix-socket no.sock -x http://127.0.0.1:1 http://a.example/ >out
holds "class" out '.[0].error.class == "connect"'
# The queue of a socket is full: libcurl gives no reason.
need python3
python3 -c '
import socket, time
listener, first = (socket.socket(socket.AF_UNIX) for i in range(2))
listener.bind("full")
listener.listen(0)
first.connect("full")
print("full", flush=True)
time.sleep(1000)' >said &
CLEANUP_PIDS+=($!)
wait_lines said 1
exits 1 ff --unix-socket full http://a.test/ >out
holds "a reason" out '.[0].error | .class == "connect" and .retryable and
    (.message | test("full.: Resource temporarily unavailable"))'
