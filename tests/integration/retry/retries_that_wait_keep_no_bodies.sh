# 200 jobs wait for their second attempt; a megabyte of each one's first
# response was received for --body.
server_start
urls 200 "$URL/bytes/1000000?status=500&id=" >list
mkfifo in
exec 3<>in
cat list >&3 &
ff_start --body --include-headers --retry 1 --retry-delay 240h \
    --retry-max-delay 240h --limit 10 --trace trace <in >out
wait_traced retried 200
peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$FF_PID/status")
kill -INT "$FF_PID"
ff_wait 130
holds "released bodies are null" out 'length == 200 and
    all(.error.class == "aborted" and .attempts == 1 and
        .status_code == 500 and .size_body == 1000000 and
        .body == null and .headers == null)'
sanitized || check "memory in kB" test "$peak" -lt 100000
