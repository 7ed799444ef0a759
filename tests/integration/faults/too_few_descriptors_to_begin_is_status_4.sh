# Whatever is missing, a message says so, and nothing aborts.
echo http://127.0.0.1:1/ >list
for n in 4 5 6 7 8 9; do
    status=0
    operand=http://127.0.0.1:1/
    [ "$n" -le 6 ] || operand=list
    (ulimit -n "$n" && exec "$FANFETCH" "$operand") \
        >out 2>err 9>&- || status=$?
    # If the loader can't open the libraries, the message is not ours.
    [ "$status" -ne 127 ] || continue
    # The limit may also be sufficient.
    [ "$n" -le 6 ] || [ "$status" -ne 1 ] || continue
    check "status with $n descriptors: $status" test "$status" -eq 4
    check "message with $n descriptors" grep -q '^fanfetch: error: ' err
done
