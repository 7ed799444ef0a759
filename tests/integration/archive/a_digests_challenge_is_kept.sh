# A digest's challenge and the answer to it are two requests of one hop: both are
# kept, and the result leads to the last response.

need python3
server_start
for body in '' body=1; do
    rm -f a.warc
    exits 0 ff --warc a.warc -u u:p --digest ${body:+-d "$body"} \
        "$URL/auth-digest" >out
    python3 "$TESTS/warc.py" a.warc >records
    holds "both, with '$body'" records --argjson size ${#body} '
        map(select(.type == "request" or .type == "response")
            | [.first[-10:], .size, (.headers | has("authorization")),
               .fields["warc-truncated"]])
        | .[0][1] == 0 and .[2][1] == $size
          and map([.[0], .[2], .[3]]) == [
            ["t HTTP/1.1", false, null], ["authorized", false, "unspecified"],
            ["t HTTP/1.1", true, null], ["1.1 200 OK", false, null]]'
    holds 'the result leads to the last one' out --slurpfile records records '
        .[0].attempts == 2
        and any($records[]; .offset == $out.warc.offset and .type == "response"
                and .first == "HTTP/1.1 200 OK")' --argjson out "$(cat out)"
done
