# GNU Wget's archive of the same URLs has the same responses, and its digests
# of payloads are those of ours.

need python3 wget
server_start
printf '%s\n' "$URL/bytes/100" "$URL/utf8" "$URL/status/404" \
    "$URL/redirect/1?to=/json" "$URL/no-length?size=300000" \
    "$URL/gzip?size=4000" "$URL/binary?a=%20b" "$URL/chunked/5000" >list
exits 1 ff --warc a.warc.gz list >out
# 8: an answer was an error.
exits 8 wget --no-config --no-proxy -q -O wget.out -i list \
    --warc-file=b --no-warc-keep-log

cat >compare.py <<'END'
import base64
import gzip
import hashlib


def responses(name):
    """By URI: the fields and the block of each response."""
    data, found = gzip.open(name).read(), {}
    while data:
        head, _, data = data.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1)
                      for line in head.decode().split("\r\n")[1:])
        size = int(fields["Content-Length"])
        block, data = data[:size], data[size + 4:]
        if fields["WARC-Type"] == "response":
            # Wget writes <URI>, as a draft of the standard had it.
            found[fields["WARC-Target-URI"].strip("<>")] = fields, block
    return found


def unchunked(body):
    out = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        n = int(size, 16)
        out, body = out + body[:n], body[n + 2:]
    return out


def message(block, is_ours):
    head, _, body = block.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n")
             if not line.startswith(b"Date:")]
    original = b"X-Archive-Orig-Transfer-Encoding: chunked"
    if is_ours and original in lines:
        lines = [line.replace(b"X-Archive-Orig-", b"") for line in lines
                 if not line.startswith(b"Content-Length:")]
    elif b"Transfer-Encoding: chunked" in lines:
        body = unchunked(body)
    return lines, body


ours, theirs = responses("a.warc.gz"), responses("b.warc.gz")
assert sorted(ours) == sorted(theirs), (sorted(ours), sorted(theirs))
ndigests = 0
for uri, (fields, block) in ours.items():
    lines, body = message(block, True)
    assert (lines, body) == message(theirs[uri][1], False), uri
    sha256 = hashlib.sha256(body).hexdigest()
    assert fields["WARC-Payload-Digest"] == "sha256:" + sha256, uri
    if b"Transfer-Encoding: chunked" not in lines: # Wget hashes the chunks
        sha1 = base64.b32encode(hashlib.sha1(body).digest()).decode()
        told = theirs[uri][0]["WARC-Payload-Digest"]
        assert told == "sha1:" + sha1, (uri, told)
        ndigests += 1
print(len(ours), ndigests)
END
python3 compare.py >compared
same 'responses, and digests that are equal' "$(cat compared)" '9 8'
