# The transfer-coding of requests is removed, too, small and large.

need python3
server_start
head -c 700000 /dev/zero | tr '\0' x >large
for file in a.warc a.warc.gz; do
    for body in '-d hello' '-d @nothing' '-T large'; do
        : >nothing
        # shellcheck disable=SC2086 # several words
        exits 0 ff --warc $file -H 'Transfer-Encoding: chunked' $body "$URL/?a" >out
    done
    python3 "$TESTS/warc.py" $file >records
    holds "$file" records '
        map(select(.type == "request") | [.size, .headers["content-length"][0],
            .headers["x-archive-orig-transfer-encoding"][0], .payload[:5]])
        == [[5, "5", "chunked", "hello"], [0, "0", "chunked", ""],
            [700000, null, "chunked", "xxxxx"]]'
done
