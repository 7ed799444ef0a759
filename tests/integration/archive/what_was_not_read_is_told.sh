# A body that libcurl does not pass on is missing, and the record says so; a
# response without a body lacks nothing.

need python3
server_start
head='HTTP/1.1%20302%20F%0D%0ALocation:%20/%0D%0AConnection:%20close%0D%0A'
exits 1 ff --warc a.warc -u u:p --digest "$URL/auth-digest?stale=1" >out
exits 0 ff --warc a.warc "$URL/raw?text=${head}Content-Length:%200%0D%0A%0D%0A" \
    "$URL/raw?text=${head}Content-Length:%205%0D%0A%0D%0Ahello" >out
python3 "$TESTS/warc.py" a.warc >records
holds 'both challenges, and the redirect with a body' records '
    map(select(.type == "response" and (.first | test("401|302")))
        | [.first[9:12], .headers["content-length"][0],
           .fields["warc-truncated"]]) | sort
    == [["302", "0", null], ["302", "5", "length"],
        ["401", "13", "unspecified"], ["401", "13", "unspecified"]]'
