# An error while it is read does not count as its end: nothing is cut off.
server_start
for name in a.warc a.warc.gz; do
    ff --warc "$name" "$URL/" "$URL/bytes/20000" >/dev/null
    cp "$name" before
    preload rough_reads READ_FAILS=1000
    exits 4 ff --warc "$name" "$URL/" >out 2>err
    check "the message names it" \
        grep -q "cannot read '$name': Input/output error" err
    check "$name is as it was" cmp before "$name"

    # A disk that gives little at a time is no error.
    preload rough_reads READ_SHORT=1
    exits 0 ff --warc "$name" "$URL/" >out
    preload
    size=$(stat -c %s before)
    check "$name has grown" test "$(stat -c %s "$name")" -gt "$size"
    check "all of it is there" cmp -n "$size" before "$name"
done
