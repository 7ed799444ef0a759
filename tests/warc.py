#!/usr/bin/env python3
"""warc.py [--apart] FILE...: read WARC files strictly, and print a JSON line
for each record.  With --apart no file has to do with another.  The first
thing that WARC 1.1 (ISO 28500) does not allow, or that is not true (lengths,
digests, links), ends it with status 1."""

import base64
import hashlib
import json
import re
import sys
import zlib

ID = re.compile(r"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-"
                r"[89ab][0-9a-f]{3}-[0-9a-f]{12}>\Z")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z\Z")
FIELD = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*)\Z")
TRUNCATED = ("length", "time", "disconnect", "unspecified")
PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
NEED = {
    "warcinfo": (),
    "request": ("WARC-Target-URI",),
    "response": ("WARC-Target-URI", "WARC-Payload-Digest"),
    "revisit": ("WARC-Target-URI", "WARC-Profile"),
    "metadata": (),
}


class Wrong(Exception):
    pass


def need(condition, *what):
    if not condition:
        raise Wrong(" ".join(str(w) for w in what))


def members(data):
    """(offset, length, bytes) of each gzip member; nothing in between."""
    at = 0
    while at < len(data):
        z = zlib.decompressobj(zlib.MAX_WBITS + 16)
        end, text = at, []
        try:
            while not z.eof and end < len(data):
                text.append(z.decompress(data[end:end + 16384]))
                end = min(end + 16384, len(data))
        except zlib.error as e:
            raise Wrong(f"member at {at}: {e}")
        need(z.eof, "member at", at, "is torn")
        length = end - at - len(z.unused_data)
        yield at, length, b"".join(text)
        at += length


def plain(data):
    """The same of records that are not compressed."""
    at = 0
    while at < len(data):
        end = data.find(b"\r\n\r\n", at)
        need(end >= 0, "record at", at, "has no end of its header")
        found = re.search(rb"\r\ncontent-length:[ \t]*(\d+)\r\n",
                          data[at:end + 2], re.I)
        need(found, "record at", at, "has no Content-Length")
        length = end + 4 - at + int(found[1]) + 4
        need(at + length <= len(data), "record at", at, "is torn")
        yield at, length, data[at:at + length]
        at += length


def fields_of(lines):
    fields = {}
    for line in lines:
        found = FIELD.match(line)
        need(found, "no field:", repr(line))
        name = found[1].lower()
        need(name not in fields, "twice:", line)
        fields[name] = found[2]
    return fields


def check_digest(fields, name, data):
    told = fields.get(name.lower())
    if told is None:
        return
    kind, _, value = told.partition(":")
    digest = hashlib.new(kind, data)
    need(value in (digest.hexdigest(),
                   base64.b32encode(digest.digest()).decode()),
         name, told, "is not", digest.hexdigest())


def split_http(block):
    end = block.find(b"\r\n\r\n")
    size = 4
    if end < 0:
        end = block.find(b"\n\n")
        size = 2
    need(end >= 0, "HTTP head without its blank line")
    return block[:end].decode("latin-1"), block[end + size:]


def check_http(kind, fields, block):
    head, payload = split_http(block)
    lines = head.split("\n")
    first = lines[0].rstrip("\r")
    if kind == "request":
        need(re.match(r"[!-~]+ [!-~]+ HTTP/1\.[01]\Z", first), repr(first))
    else:
        need(re.match(r"HTTP/1\.[01] [1-5]\d\d( .*)?\Z", first), repr(first))
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        headers.setdefault(name.lower(), []).append(value.strip())
    need("transfer-encoding" not in headers, "transfer-coding is still there")
    length = headers.get("content-length", [None])[0]
    if kind == "response" and "warc-truncated" not in fields and payload:
        need(length is None or int(length) == len(payload),
             "HTTP Content-Length", length, "of", len(payload), "bytes")
    if kind == "revisit":
        need(not payload, "a revisit with a payload")
    else:
        check_digest(fields, "WARC-Payload-Digest", payload)
    return first, headers, payload


def check_record(text):
    need(text.startswith(b"WARC/1.1\r\n"), "begins with", text[:20])
    end = text.find(b"\r\n\r\n")
    need(end >= 0, "no end of the header")
    fields = fields_of(text[10:end].decode("utf-8").split("\r\n"))
    kind = fields.get("warc-type")
    need(kind in NEED, "WARC-Type", kind)
    for name in ("WARC-Record-ID", "WARC-Date", "Content-Length",
                 "Content-Type") + NEED[kind]:
        need(name.lower() in fields, kind, "without", name)
    need(ID.match(fields["warc-record-id"]), fields["warc-record-id"])
    need(DATE.match(fields["warc-date"]), fields["warc-date"])
    need(fields.get("warc-truncated", "length") in TRUNCATED, "WARC-Truncated")
    uri = fields.get("warc-target-uri", "http://h/")
    need(re.match(r"https?://[!-;=?-~]+\Z", uri), "URI", uri)
    block = text[end + 4:-4]
    need(text[-4:] == b"\r\n\r\n", "no end of the record")
    need(int(fields["content-length"]) == len(block), "Content-Length",
         fields["content-length"], "of", len(block))
    check_digest(fields, "WARC-Block-Digest", block)
    out = {"fields": fields, "type": kind}
    if kind in ("request", "response", "revisit"):
        first, headers, payload = check_http(kind, fields, block)
        need(fields["content-type"] == "application/http;msgtype=" +
             ("request" if kind == "request" else "response"),
             fields["content-type"])
        out.update(first=first, headers=headers, size=len(payload),
                   payload=payload[:200].decode("latin-1"))
    elif kind == "metadata":
        out["block"] = json.loads(block)
    else:
        fields_of(block.decode().rstrip("\r\n").split("\r\n"))
        out["block"] = block.decode()
    if kind == "revisit":
        need(fields["warc-profile"].startswith(PROFILE), "WARC-Profile")
        if fields["warc-profile"] == PROFILE + "identical-payload-digest":
            need(fields.get("warc-truncated") == "length", "WARC-Truncated")
            for name in ("warc-payload-digest", "warc-refers-to-target-uri",
                         "warc-refers-to-date"):
                need(name in fields, "revisit without", name)
    return out


def check_links(links, ids):
    for name, out in links:
        to = ids.get(out["fields"][name])
        need(to, name, "at", out["offset"], "leads nowhere")
        if name == "warc-concurrent-to":
            need(to["fields"].get("warc-target-uri") ==
                 out["fields"].get("warc-target-uri"), "another URL's")
            continue
        digest = to["fields"].get("warc-payload-digest")
        need(to["type"] == "response" and
             out["fields"].get("warc-payload-digest", digest) == digest,
             "refers to another payload")
        need((out["fields"]["warc-refers-to-target-uri"],
              out["fields"]["warc-refers-to-date"]) ==
             (to["fields"]["warc-target-uri"], to["fields"]["warc-date"]),
             "refers to another URL or time")


def read_file(path, ids, links):
    with open(path, "rb") as f:
        data = f.read()
    need(data, path, "is empty")
    each = members if path.endswith(".gz") else plain
    for offset, length, text in each(data):
        try:
            out = check_record(text)
        except Wrong as e:
            raise Wrong(f"{path}: record at {offset}: {e}")
        need(offset or out["type"] == "warcinfo", path, "has no warcinfo")
        mine = out["fields"]["warc-record-id"]
        need(mine not in ids, path, "id is taken", mine)
        ids[mine] = out
        links += [(name, out) for name in
                  ("warc-concurrent-to", "warc-refers-to")
                  if name in out["fields"]]
        out.update(file=path, offset=offset, length=length)
        print(json.dumps(out))


def main():
    paths = sys.argv[1:]
    apart = paths[0] == "--apart"
    groups = [[p] for p in paths[1:]] if apart else [paths]
    try:
        for group in groups:
            ids, links = {}, []
            for path in group:
                read_file(path, ids, links)
            check_links(links, ids)
    except (Wrong, ValueError) as e:
        sys.stdout.flush()
        sys.exit(f"warc.py: {e}")


main()
