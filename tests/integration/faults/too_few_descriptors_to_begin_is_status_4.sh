# Whatever is missing, it is said, and nothing aborts.
for n in 4 5 6; do
    status=0
    (ulimit -n "$n" && exec "$FANFETCH" http://127.0.0.1:1/) \
        >out 2>err 9>&- || status=$?
    # A loader that can't open the libraries is none of ours.
    [ "$status" -ne 127 ] || continue
    check "status with $n descriptors: $status" test "$status" -eq 4
    check "message with $n descriptors" grep -q '^fanfetch: error: ' err
done
