# The server reads 16 KiB every 10 ms.  Kernel buffers hold some of the 8 MB;
# the rest takes its time.
server_start
head -c 8000000 /dev/zero | tr "\\0" x >body
start_ms=$(now_ms)
exits 0 ff --read-timeout 2 -d @body -m 60 "$URL/?read_gap=10" >out
check "the upload was slow" test $(($(now_ms) - start_ms)) -gt 3000
holds "the body was sent" out '.[0].status_code == 200'
# What follows the upload is silence like any other.
exits 1 ff --read-timeout 1 -d @body -m 60 "$URL/stall?read_gap=1" >out
holds "a read timeout" out '.[0].error | .code == "read" and .phase == "wait"'
