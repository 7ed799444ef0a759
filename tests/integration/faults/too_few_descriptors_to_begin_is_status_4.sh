# Whatever is missing, a message says so, and nothing aborts.  From some number
# on they suffice, and the URL is asked for.
echo http://127.0.0.1:1/ >list
for operand in http://127.0.0.1:1/ list; do
    for n in $(seq 4 20); do
        status=0
        (ulimit -n "$n" && exec "$FANFETCH" "$operand") \
            >out 2>err 9>&- || status=$?
        # If the loader can't open the libraries, the message is not ours.
        [ "$status" -ne 127 ] || continue
        if [ "$status" -eq 1 ]; then
            holds "the server refuses with $n descriptors" out \
                'map(.error.code) == ["refused"]'
            continue
        fi
        check "status with $n descriptors: $status" test "$status" -eq 4
        check "message with $n descriptors" grep -q '^fanfetch: error: ' err
    done
    same "status with 20 descriptors" "$status" 1
done
