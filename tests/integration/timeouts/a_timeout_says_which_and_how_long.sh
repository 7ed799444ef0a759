server_start
exits 1 ff -m 0.7 "$URL/stall" >out
holds "in its message" out '.[0].error.message | test("after [0-9.]+ s")'
# The error says how far the transfer was: the server takes its time to read the
# body.
head -c 20000000 /dev/zero | tr "\\0" x >body
exits 1 ff -m 2 -d @body "$URL/?read_gap=20" >out
holds "while sending" out '.[0].error | .code == "total" and .phase == "send" and
    (.message | test("total timeout after [0-9.]+ s while sending the request"))'
