# One request waits for its answer, one is in the middle of a body, and one in
# that of its own upload.
server_start
head -c 20000000 /dev/zero >big
printf '{"url":"%s","method":"PUT","body_file":"big"}\n' \
    "$URL/echo?read_gap=60000" >list
printf '%s\n' "$URL/drip?n=0&gap=20" "$URL/stall" >>list
for deadline in 0 1; do
    ff_start --grace 0 --deadline "$deadline" --allow-files . list >out 2>err
    if [ "$deadline" = 0 ]; then
        server_wait '.requests == 3'
        nap 1
        kill -INT "$FF_PID"
        ff_wait 130
    else
        ff_wait 1
    fi
    holds "each names its phase" out 'length == 3 and (sort_by(.index) |
        all(.error.class == "aborted") and
        map(.error.phase) == ["send", "receive", "wait"])'
    server_reset
done

# A handshake that is never answered.
python3 -c 'import socket
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1], flush=True)
c = s.accept()[0]
c.recv(1)
print("hello", flush=True)
s.accept()' >server.out &
CLEANUP_PIDS+=($!)
wait_lines server.out 1
read -r port <server.out
ff_start --grace 0 "https://127.0.0.1:$port/" >out 2>err
wait_lines server.out 2
nap 0.5
kill -INT "$FF_PID"
ff_wait 130
holds "the handshake is named" out '.[0].error | .code == "interrupted" and .phase == "tls"'
