# Each hop is a request and a response record that a strict reader takes, in
# the order of the hops; the result leads to the last response.

need python3
server_start

for file in a.warc a.warc.gz; do
    exits 1 ff --warc "$file" -o "$file.out" \
        "$URL/bytes/100" "$URL/chunked/5000" "$URL/gzip?size=4000" \
        "$URL/redirect/2?to=/utf8" "$URL/status/404" "$URL/no-length?size=300000" \
        "$URL/chunked/900001" "$URL/truncated?size=1000" "$URL/empty" \
        http://127.0.0.1:1/ "$URL/header-lines?n=9999"
    python3 "$TESTS/warc.py" "$file" >records

    # The result leads to a record of its own URL.
    holds 'every result leads to its record' "$file.out" \
        --slurpfile records records --arg file "$file" \
        'all(. as $r | [$records[] | select(.offset == $r.warc.offset)] as [$w]
             | $r.warc.file == $file and $w.length == $r.warc.length
               and $w.fields["warc-target-uri"] == $r.url_effective
               and $w.type == (if $r.error.code == "empty_reply"
                                  or $r.error.code == "refused"
                                  or $r.error.code == "header_too_large"
                               then "metadata" else "response" end))'
    holds 'what is written' records '
        map(select(.type == "response" or .type == "revisit"))
        | length == 10
        and (map(select(.first != "HTTP/1.1 200 OK") | .first) | sort
             == ["HTTP/1.1 302 Found", "HTTP/1.1 302 Found",
                 "HTTP/1.1 404 Not Found"])
        and (map(select(.type == "revisit") | .first)
             == ["HTTP/1.1 302 Found"])'
    holds 'responses follow their requests' records '
        map(select(.type == "response").fields["warc-concurrent-to"]) -
        map(select(.type == "request").fields["warc-record-id"]) == []
        and (map(select(.type == "response")
                 .fields["warc-ip-address"]) | unique == ["127.0.0.1"])'
    holds 'chunks are removed' records '
        map(select(.type == "response"
                   and (.fields["warc-target-uri"] | test("/chunked/"))))
        | length == 2 and all(.headers["x-archive-orig-transfer-encoding"]
                              == ["chunked"])
        and (map(.size) | sort == [5000, 900001])'
    holds 'a small one gets a length' records '
        any(.size == 5000 and .headers["content-length"] == ["5000"])'
    holds 'content-coding stays' records '
        any(.type == "response" and .headers["content-encoding"] == ["gzip"]
            and (.payload | startswith("\u001f")))'
    holds 'a cut one says so' records '
        [.[] | select(.type == "response" and .fields["warc-truncated"])]
        | length == 1 and .[0].fields["warc-truncated"] == "disconnect"
          and .[0].size == 500'
    holds 'failures are kept' records '
        map(select(.type == "metadata") | .block.error.code) | sort
        == ["empty_reply", "header_too_large", "refused"]'
done
